import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '@cleanroom/simulator-journal';
import type { Faults } from '@cleanroom/simulator-journal';
import { ancestry } from '../jobs/matching.js';
import type { Hook, Job } from '../model.js';
import type { World } from '../world.js';
import { fateUnder } from './fate.js';
import type { Fate } from './fate.js';
import { afterDelivery, hookHealth } from './hook-health.js';
import { jobPayload } from './job-payload.js';
import { sendHook } from './send-hook.js';

/** Sends job webhooks: fire and forget, each once, none again after a failure. As GitLab does. */
export class Announcer {
  private readonly random = seededRandom(1);
  private readonly stopping = new AbortController();
  private readonly underWay = new Set<Promise<void>>();

  constructor(private readonly faults: Faults) {
    // Every delivery under way listens to it.
    setMaxListeners(0, this.stopping.signal);
  }

  /** Sends the job's status, as it is now, to every hook that wants to know. Returns at once. */
  announce(world: World, job: Job): void {
    const hooks = hooksFor(world, job);
    if (hooks.length === 0) return;
    const body = JSON.stringify(jobPayload(world, job));
    const event = { job: job.id, status: job.status, body };
    for (const hook of hooks) this.follow(this.deliver(world, hook, event, this.fate()));
  }

  /** Breaks off what is under way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.underWay);
  }

  private fate(): Fate {
    return fateUnder(this.faults.strikeAll('webhook'), this.random);
  }

  private follow(delivery: Promise<void>): void {
    this.underWay.add(delivery);
    void delivery.finally(() => this.underWay.delete(delivery));
  }

  private async deliver(world: World, hook: Hook, event: Event, fate: Fate): Promise<void> {
    const deliveryId = randomUUID();
    const record = (
      outcome: 'delivered' | 'failed' | 'lost' | 'hook-disabled',
      status: number | null,
      duplicate = false,
    ) =>
      world.ledger.append({
        ...{ type: 'webhook-delivery', hookId: hook.id, jobId: event.job, jobStatus: event.status },
        ...{ deliveryId, outcome, status, duplicate },
      });
    if (fate.lost) return record('lost', null);
    await pause(fate.delayMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    for (const duplicate of fate.double ? [false, true] : [false]) {
      if (this.stopping.signal.aborted) return;
      if (isDisabled(world, hook)) return record('hook-disabled', null, duplicate);
      const status = await sendHook(world, hook, { deliveryId, body: event.body }, this.stopping.signal);
      // A delivery that we broke off says nothing about its receiver.
      if (this.stopping.signal.aborted) return;
      const succeeded = noteDelivery(world, hook, status);
      record(succeeded ? 'delivered' : 'failed', status, duplicate);
    }
  }
}

interface Event {
  readonly job: number;
  readonly status: string;
  readonly body: string;
}

/** Writes the outcome down in the hook's health. Returns whether it was a success, as GitLab takes a redirection to be. */
export function noteDelivery(world: World, hook: Hook, status: number | null): boolean {
  const succeeded = status !== null && status >= 200 && status < 400;
  Object.assign(hook, afterDelivery(hook, succeeded, world.clock.now()));
  world.changed();
  return succeeded;
}

const isDisabled = ({ settings, clock }: World, hook: Hook): boolean =>
  settings.autoDisableHooks && hookHealth(hook, clock.now()) !== 'executable';

function hooksFor({ state }: World, { projectId }: Job): Hook[] {
  const project = state.projects.find(({ id }) => id === projectId);
  const groups = project ? ancestry(project.groupId, state.groups) : [];
  return state.hooks.filter(
    ({ jobEvents, owner }) =>
      jobEvents && (owner.kind === 'project' ? owner.id === projectId : groups.includes(owner.id)),
  );
}
