import { fileURLToPath } from 'node:url';
import { fork } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '@cleanroom/testing';
import type { CrowdOrder, SeenEvent } from './subscriber-crowd.js';
import type { Installation } from './installation.js';
import { percentile } from './table.js';

/** How late events came. */
export interface SubscriberFigures {
  readonly subscribers: number;
  readonly events: number;
  /** Milliseconds from the change to each subscriber, over all events. */
  readonly p50: number;
  readonly p99: number;
  /** Until the last subscriber had an event: the median of the events. */
  readonly last: number;
  /** Events that somebody did not get. */
  readonly missed: number;
}

const WAKE = `mutation($id: ID!) { wakeRunner(id: $id) { userErrors { code message } } }`;
const SETTLED_MS = 8_000;

/** Lets a crowd follow the changes of runners, wakes some of these, and tells how late each subscriber heard of it. */
export async function measureSubscribers(
  { ask, demo }: Installation,
  asked: Pick<CrowdOrder, 'query' | 'subscribers'>,
  runnerIds: readonly string[],
): Promise<SubscriberFigures> {
  let seen: SeenEvent[] = [];
  let isReady = false;
  const crowd = fork(fileURLToPath(new URL('subscriber-crowd.js', import.meta.url)));
  crowd.on('message', (message) => {
    if (message === 'ready') isReady = true;
    else seen = message as SeenEvent[];
  });
  try {
    crowd.send({ ...asked, url: demo.subscriptionsUrl, token: demo.apiToken } satisfies CrowdOrder);
    await eventually(() => isReady, { within: 120_000, every: 200 });
    await pause(SETTLED_MS);
    const [first = '', ...others] = runnerIds;
    // The first one's changes show that everybody listens; they are not counted.
    await ask(WAKE, { id: first });
    await eventually(() => seen.some(({ delays }) => delays.length === asked.subscribers), {
      within: 60_000,
    });
    await pause(SETTLED_MS);
    const before = new Set(seen.map(({ cursor }) => cursor));
    for (const id of others) {
      await ask(WAKE, { id });
      await pause(SETTLED_MS);
    }
    return figuresOf(
      seen.filter(({ cursor }) => !before.has(cursor)),
      asked.subscribers,
    );
  } finally {
    crowd.kill('SIGKILL');
  }
}

function figuresOf(events: readonly SeenEvent[], subscribers: number): SubscriberFigures {
  const delays = events.flatMap((event) => event.delays);
  return {
    subscribers,
    events: events.length,
    p50: percentile(delays, 0.5),
    p99: percentile(delays, 0.99),
    last: percentile(
      events.map((event) => Math.max(...event.delays)),
      0.5,
    ),
    missed: events.filter((event) => event.delays.length < subscribers).length,
  };
}
