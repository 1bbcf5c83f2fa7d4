import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { isProven, type MachineProof } from './machine-proof.js';

const wallClock = Date.UTC(2026, 2, 2, 8);
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();

function proofOf(given: Partial<MachineProof> = {}): MachineProof {
  const proof = {
    method: 'GET',
    path: '/machine/v1/token?audience=vault',
    bodySha256: createHash('sha256').update('').digest('hex'),
    time: String(wallClock / 1000),
    nonce: '0123456789abcdef0123456789abcdef',
    ...given,
  };
  const text = [proof.method, proof.path, proof.time, proof.nonce, proof.bodySha256].join('\n');
  return { signature: sign('sha256', Buffer.from(text), pair.privateKey).toString('base64'), ...proof };
}

describe('the proof of a machine', () => {
  it('holds for exactly what its key signed', () => {
    expect(isProven(proofOf(), publicKey, wallClock)).toBe(true);
  });

  it.each<[string, Partial<MachineProof>]>([
    ['method', { method: 'POST' }],
    ['path', { path: '/machine/v1/token?audience=aws' }],
    ['body', { bodySha256: createHash('sha256').update('x').digest('hex') }],
    ['time', { time: String(wallClock / 1000 + 1) }],
    ['nonce', { nonce: 'f'.repeat(32) }],
    ['signature', { signature: Buffer.from('nonsense').toString('base64') }],
  ])('does not hold for another %s', (_, changed) => {
    expect(isProven({ ...proofOf(), ...changed }, publicKey, wallClock)).toBe(false);
  });

  it('does not hold for another key, nor for what is no key', () => {
    const { publicKey: other } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(isProven(proofOf(), other.export({ type: 'spki', format: 'pem' }).toString(), wallClock)).toBe(
      false,
    );
    expect(isProven(proofOf(), 'no key', wallClock)).toBe(false);
  });

  it('holds for a minute by the wall clock, to both sides', () => {
    const at = (seconds: number) => isProven(proofOf(), publicKey, wallClock + seconds * 1000);
    expect([-61, -60, 60, 61].map(at)).toEqual([false, true, true, false]);
    expect(isProven(proofOf({ time: 'soon' }), publicKey, wallClock)).toBe(false);
  });

  it('has a nonce of 32 hexadecimal digits', () => {
    for (const nonce of ['', '0'.repeat(31), 'G'.repeat(32)]) {
      expect(isProven(proofOf({ nonce }), publicKey, wallClock)).toBe(false);
    }
  });
});
