import { createHash, verify } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface HeardCall {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly source: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What is wrong with the proof of a call, or nothing. */
export function flawOf(call: HeardCall, publicKey: string, nonces: Set<string>): string | undefined {
  const { method, target, headers, body } = call;
  const [time, nonce, proof] = ['time', 'nonce', 'proof'].map((name) => String(headers[`cleanroom-${name}`]));
  if (!/^[0-9a-f]{32}$/.test(nonce!)) return 'the nonce is not 32 hex digits';
  if (nonces.has(nonce!)) return 'the nonce was used before';
  nonces.add(nonce!);
  if (Math.abs(Date.now() / 1000 - Number(time)) > 60) return 'the time is too far off';
  const digest = createHash('sha256').update(body).digest('hex');
  const signed = Buffer.from(`${method}\n${target}\n${time}\n${nonce}\n${digest}`);
  if (!verify('sha256', signed, publicKey, Buffer.from(proof!, 'base64'))) return 'the signature is wrong';
  return undefined;
}
