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
export function flawOf(call: HeardCall, publicKey: string, seen: Set<string>): string | undefined {
  const { method, target, headers, body } = call;
  const [time, signature] = ['time', 'signature'].map((name) => String(headers[`x-machine-${name}`]));
  if (seen.has(signature!)) return 'the signature was used before';
  seen.add(signature!);
  if (!/^\d{13}$/.test(time!)) return 'the time is not in milliseconds';
  if (Math.abs(Date.now() - Number(time)) > 60_000) return 'the time is too far off';
  const digest = createHash('sha256').update(body).digest('hex');
  const signed = Buffer.from(`${method}\n${target}\n${time}\n${digest}`);
  if (!verify('sha256', signed, publicKey, Buffer.from(signature!, 'base64')))
    return 'the signature is wrong';
  return undefined;
}
