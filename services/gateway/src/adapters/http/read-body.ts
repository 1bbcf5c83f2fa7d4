import type { IncomingMessage } from 'node:http';

/** A body has more bytes than are taken. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/**
 * All bytes of a body.
 *
 * @throws BodyTooLarge as soon as that is known; the rest is left unread
 */
export function readBody(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) return Promise.reject(new BodyTooLarge());
  if (request.destroyed) return Promise.reject(new Error('the caller has left'));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    // By events: an iterator would cost more than all the rest of the reading.
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > mostBytes) {
        request.pause();
        reject(new BodyTooLarge());
      } else chunks.push(chunk);
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => reject(new Error('the caller has left')));
  });
}
