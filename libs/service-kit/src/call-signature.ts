import { createHmac, createSecretKey, hash, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { Caller } from '@cleanroom/kernel';

/** How long a signed call is good, by the wall clock: it is a fact of the wire, not of the product. */
export const CALL_GOOD_FOR_MS = 30_000;

/** Headers that only the gateway may set; it strips them from what comes in. */
export const CALL_HEADERS = {
  caller: 'x-cleanroom-caller',
  time: 'x-cleanroom-time',
  nonce: 'x-cleanroom-nonce',
  signature: 'x-cleanroom-signature',
} as const;

/** Who calls, and from which address their socket came. */
export type SignedCaller = Caller & { readonly source: string };

export interface SignedParts {
  method: string;
  /** Path with its query. */
  path: string;
  body: Uint8Array | string;
}

/** Signs one call: good once, for {@link CALL_GOOD_FOR_MS}. */
export function signCall(key: string, caller: SignedCaller, parts: SignedParts): Record<string, string> {
  const encoded = Buffer.from(JSON.stringify(caller)).toString('base64url');
  const time = String(Date.now());
  const nonce = randomBytes(16).toString('base64url');
  return {
    [CALL_HEADERS.caller]: encoded,
    [CALL_HEADERS.time]: time,
    [CALL_HEADERS.nonce]: nonce,
    [CALL_HEADERS.signature]: signature(key, parts, { caller: encoded, time, nonce }),
  };
}

/** Remembers what was used, to refuse it a second time. */
export interface UsedNonces {
  /** Whether this is the first use. */
  use(nonce: string): boolean | Promise<boolean>;
}

/**
 * The caller of a call that the gateway signed just now; `undefined` for everything else.
 *
 * @throws what `used` throws, where it cannot tell
 */
export async function verifyCall(
  key: string,
  headers: Record<string, unknown>,
  parts: SignedParts,
  used: UsedNonces,
): Promise<SignedCaller | undefined> {
  const [caller, time, nonce, given] = Object.values(CALL_HEADERS).map((name) => headers[name]);
  if (
    typeof caller !== 'string' ||
    typeof time !== 'string' ||
    typeof nonce !== 'string' ||
    typeof given !== 'string'
  ) {
    return undefined;
  }
  const expected = Buffer.from(signature(key, parts, { caller, time, nonce }));
  const actual = Buffer.from(given);
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) return undefined;
  const isRecent = Math.abs(Date.now() - Number(time)) <= CALL_GOOD_FOR_MS;
  if (!isRecent || !(await used.use(nonce))) return undefined;
  return JSON.parse(Buffer.from(caller, 'base64url').toString()) as SignedCaller;
}

function signature(
  key: string,
  parts: SignedParts,
  head: { caller: string; time: string; nonce: string },
): string {
  const bodyHash = hash('sha256', parts.body, 'hex');
  const text = [parts.method, parts.path, head.time, head.nonce, head.caller, bodyHash].join('\n');
  return createHmac('sha256', keyObjectOf(key)).update(text).digest('base64url');
}

/** A process has one key, and a test a few. */
const keyObjects = new Map<string, KeyObject>();

/** Making it costs as much as a signature. */
function keyObjectOf(key: string): KeyObject {
  const known = keyObjects.get(key) ?? createSecretKey(Buffer.from(key, 'base64'));
  keyObjects.set(key, known);
  return known;
}
