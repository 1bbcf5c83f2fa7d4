import { verify } from 'node:crypto';

/** How far a machine's wall clock may be off. */
const TOLERANCE_MS = 60_000;

export interface MachineProof {
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  /** Hexadecimal. */
  readonly bodySha256: string;
  /** Unix milliseconds of the machine's wall clock. */
  readonly time: string;
  /** ECDSA over P-256 with SHA-256, DER in base64. */
  readonly signature: string;
}

/** Whether the holder of the private key asked exactly this, just now. */
export function isProven(proof: MachineProof, publicKey: string, wallClockMs: number): boolean {
  if (!/^\d{1,15}$/.test(proof.time) || Math.abs(wallClockMs - Number(proof.time)) > TOLERANCE_MS)
    return false;
  const text = [proof.method, proof.path, proof.time, proof.bodySha256].join('\n');
  try {
    return verify('sha256', Buffer.from(text), publicKey, Buffer.from(proof.signature, 'base64'));
  } catch {
    return false;
  }
}

/**
 * What is different in each signature that a key makes, also where the same is signed again: its first number. The
 * second can be changed by anybody without making the signature invalid.
 */
export function onceOf({ signature }: Pick<MachineProof, 'signature'>): string {
  const der = Buffer.from(signature, 'base64');
  return der.subarray(4, 4 + (der[3] ?? 0)).toString('base64url');
}
