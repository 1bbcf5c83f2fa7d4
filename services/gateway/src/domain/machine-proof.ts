import { bearerToken } from './bearer-token.js';
import type { Headers } from './forwarded-headers.js';

/** What a machine sends to prove that it holds the key of its credential; identity judges it. */
export interface MachineProof {
  readonly credential: string;
  /** Unix seconds of the machine's clock, as sent. */
  readonly time: string;
  readonly nonce: string;
  /** Over method, path, time, nonce and body; base64. */
  readonly signature: string;
}

/** The proof in a call's headers; `undefined` unless it is complete. */
export function machineProof(headers: Headers): MachineProof | undefined {
  const credential = bearerToken(headers.authorization);
  const { 'cleanroom-time': time, 'cleanroom-nonce': nonce, 'cleanroom-proof': signature } = headers;
  if (!credential || typeof time !== 'string' || typeof nonce !== 'string' || typeof signature !== 'string')
    return undefined;
  return { credential, time, nonce, signature };
}
