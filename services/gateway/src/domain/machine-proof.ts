import type { Headers } from './forwarded-headers.js';

/** What a machine sends to prove that it holds the key of its credential; identity judges it. */
export interface MachineProof {
  /** The header that holds the credential, as sent. */
  readonly authorization: string;
  /** Unix milliseconds of the machine's clock, as sent. */
  readonly time: string;
  /** Over method, path, time and body; base64. */
  readonly signature: string;
}

/** The headers of a proof. */
export const PROOF_HEADERS = { time: 'x-machine-time', signature: 'x-machine-signature' } as const;

/** The proof in a call's headers; `undefined` unless it is complete. */
export function machineProof(headers: Headers): MachineProof | undefined {
  const { authorization, [PROOF_HEADERS.time]: time, [PROOF_HEADERS.signature]: signature } = headers;
  if (typeof authorization !== 'string' || typeof time !== 'string' || typeof signature !== 'string')
    return undefined;
  return { authorization, time, signature };
}
