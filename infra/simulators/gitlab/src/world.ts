import { createHash, randomBytes } from 'node:crypto';
import type { Clock, Log } from '@cleanroom/kernel';
import type { ArtifactStore } from './artifacts/artifact-store.js';
import type { QueueBell } from './jobs/queue-bell.js';
import type { TraceStore } from './jobs/trace-store.js';
import type { Ledger } from './ledger.js';
import type { Job, State } from './model.js';
import type { HookEvents } from './webhooks/hook-events.js';
import { wholeSecond } from './whole-second.js';
import type { RateLimit } from './wire/rate-limit.js';

/** How the simulated GitLab is set up; each option stands for a setting that real ones differ in. */
export interface Settings {
  /** Group webhooks exist with `premium` only. */
  readonly tier: 'free' | 'premium';
  /** Whether failing webhooks are disabled: on at gitlab.com, off by default in self-managed ones. */
  readonly autoDisableHooks: boolean;
  /** How long a runner's question may be held while there is nothing new, in seconds of the clock; 0 answers at once. */
  readonly longPollSeconds: number;
}

/** All that the parts of the simulator share. */
export interface World {
  readonly state: State;
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly log: Log;
  readonly settings: Settings;
  readonly rateLimit: RateLimit;
  readonly artifacts: ArtifactStore;
  readonly traces: TraceStore;
  readonly bell: QueueBell;
  readonly hookEvents: HookEvents;
  /** The address that the simulator itself is reached at. */
  readonly url: () => string;
  /** To be called after each change of `state`, so that it is kept. */
  readonly changed: () => void;
  /** Tells the webhooks that a job's status has changed. */
  readonly announce: (job: Job) => void;
}

/** The next id of a kind of thing; ids are never given twice. */
export function nextId({ state }: World, kind: string, first = 1): number {
  const id = (state.lastIds[kind] ?? first - 1) + 1;
  state.lastIds[kind] = id;
  return id;
}

/** Now, as GitLab writes it. */
export const timestamp = ({ clock }: World): string => wholeSecond(clock.now());

export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

const TOKEN_CHARACTERS = 64;

/** A token of GitLab's form; only its hash is kept. */
export const newToken = (prefix: string): string =>
  `${prefix}${randomBytes(TOKEN_CHARACTERS).toString('hex')}`.slice(0, TOKEN_CHARACTERS);
