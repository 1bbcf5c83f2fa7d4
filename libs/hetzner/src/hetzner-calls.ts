import { channel, subscribe } from 'node:diagnostics_channel';
import type { OperationName } from './operations.js';

/** One request that was sent, repetitions included, and what came of it. */
export interface HetznerCall {
  readonly operation: OperationName;
  /** Undefined where no answer came. */
  readonly status: number | undefined;
  /** The `project` that the client was made with. */
  readonly project: string | undefined;
  /** What the project's rate limit leaves, as the answer says. */
  readonly requestsLeft: number | undefined;
}

const NAME = 'cleanroom:hetzner:call';
const calls = channel(NAME);

/** Tells all who listen in this process; costs nothing while nobody does. */
export const tellHetznerCall = (call: HetznerCall): void => calls.publish(call);

/** Hears of every call of every client of this process, for as long as it lives. */
export const onHetznerCall = (listener: (call: HetznerCall) => void): void =>
  subscribe(NAME, (call) => listener(call as HetznerCall));
