import { setTimeout } from 'node:timers/promises';
import type { CleanroomClient } from './cleanroom-client.ts';
import { RunnerChangesDocument, type RunnerChangesSubscription } from './generated/graphql.ts';
import { Refused } from './refused.ts';

export type RunnerChange = RunnerChangesSubscription['runnerChanged'];

/** Refusals that time may heal; after all others the same question would get the same answer. */
const PASSING = ['SERVICE_UNAVAILABLE', 'INTERNAL'];
const AGAIN_AFTER_MS = 1_000;

/**
 * Every change of a runner after a cursor, once each and in order, however often the connection breaks.
 *
 * @throws Refused with `CURSOR_EXPIRED` when it was away for too long: then the list is asked for afresh
 */
export async function* followRunners(client: CleanroomClient, after: string): AsyncGenerator<RunnerChange> {
  let cursor = after;
  for (;;) {
    try {
      for await (const { runnerChanged } of client.subscribe(RunnerChangesDocument, { after: cursor })) {
        cursor = runnerChanged.cursor;
        yield runnerChanged;
      }
    } catch (error) {
      if (error instanceof Refused && !PASSING.includes(error.code)) throw error;
    }
    await setTimeout(AGAIN_AFTER_MS);
  }
}
