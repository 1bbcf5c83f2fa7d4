import { verify } from 'node:crypto';

/** How far a machine's wall clock may be off. */
const TOLERANCE_SECONDS = 60;

export interface MachineProof {
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  readonly bodySha256: string;
  /** Unix seconds of the machine's wall clock. */
  readonly time: string;
  readonly nonce: string;
  /** ECDSA over P-256 with SHA-256, DER in base64. */
  readonly signature: string;
}

/** Whether the holder of the private key asked exactly this, just now. */
export function isProven(proof: MachineProof, publicKey: string, wallClockMs: number): boolean {
  const age = Math.abs(wallClockMs / 1000 - Number(proof.time));
  if (!(age <= TOLERANCE_SECONDS) || !/^[0-9a-f]{32}$/.test(proof.nonce)) return false;
  const text = [proof.method, proof.path, proof.time, proof.nonce, proof.bodySha256].join('\n');
  try {
    return verify('sha256', Buffer.from(text), publicKey, Buffer.from(proof.signature, 'base64'));
  } catch {
    return false;
  }
}
