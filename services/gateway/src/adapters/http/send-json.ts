import type { ServerResponse } from 'node:http';

/** Answers with JSON that nobody may keep. Does nothing once an answer has begun or the caller has left. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  if (response.headersSent || response.destroyed) return;
  const text = JSON.stringify(body);
  // What is left of a body that was refused unread would be taken for the next request.
  const close = response.req.complete ? {} : { connection: 'close' };
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    ...close,
    ...headers,
  });
  response.end(text);
}
