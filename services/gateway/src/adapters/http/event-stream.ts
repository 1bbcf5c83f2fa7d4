import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** Proxies close connections on which nothing passes. */
const COMMENT_EVERY_MS = 12_000;

/** Sends what comes as server-sent events (`next`, then `complete`), no faster than it is read. */
export async function sendEvents(
  response: ServerResponse,
  events: AsyncIterable<object>,
  signal: AbortSignal,
): Promise<void> {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    connection: 'keep-alive',
  });
  response.write(':\n\n');
  const comments = setInterval(() => response.write(':\n\n'), COMMENT_EVERY_MS);
  try {
    for await (const event of events) {
      if (signal.aborted) break;
      if (!response.write(`event: next\ndata: ${JSON.stringify(event)}\n\n`))
        await once(response, 'drain', { signal }).catch(() => undefined);
    }
  } finally {
    clearInterval(comments);
    response.end('event: complete\ndata:\n\n');
  }
}
