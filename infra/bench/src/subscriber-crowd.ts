import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { readOrder } from './read-order.js';

/** Who is to follow what. */
export interface CrowdOrder {
  readonly url: string;
  readonly token: string;
  readonly subscribers: number;
  readonly query: string;
}

/** One event as the crowd saw it. */
export interface SeenEvent {
  readonly cursor: string;
  readonly to: string;
  /** When its runner changed, in ms since 1970. */
  readonly at: number;
  /** Milliseconds from then until each subscriber had it. */
  readonly delays: number[];
}

interface Change {
  readonly runnerChanged: { readonly cursor: string; readonly at: string; readonly to: string };
}

const TELL_EVERY_MS = 500;
const AT_ONCE = 50;

const { url, token, subscribers, query } = await readOrder<CrowdOrder>();
const seen = new Map<string, SeenEvent>();

function receive({ runnerChanged: { cursor, at, to } }: Change): void {
  const now = performance.timeOrigin + performance.now();
  const event = seen.get(cursor) ?? { cursor, to, at: Date.parse(at), delays: [] };
  event.delays.push(now - event.at);
  seen.set(cursor, event);
}

/** Resolves when its socket has been accepted. */
const join = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const client = createClient({
      url,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}` },
      retryAttempts: 0,
      on: { connected: () => resolve() },
    });
    client.subscribe<Change>(
      { query },
      {
        next: ({ data, errors }) =>
          data ? receive(data) : process.stderr.write(`${JSON.stringify(errors)}\n`),
        error: reject,
        complete: () => process.stderr.write('a subscription ended\n'),
      },
    );
  });

for (let joined = 0; joined < subscribers; joined += AT_ONCE)
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, subscribers - joined) }, join));
process.send?.('ready');
setInterval(() => process.send?.([...seen.values()]), TELL_EVERY_MS);
