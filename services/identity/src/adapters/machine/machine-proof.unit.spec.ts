import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { isProven, onceOf, type MachineProof } from './machine-proof.js';

const wallClock = Date.UTC(2026, 2, 2, 8);
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();

function proofOf(given: Partial<MachineProof> = {}): MachineProof {
  const proof = {
    method: 'GET',
    path: '/machine/v1/token?audience=vault',
    bodySha256: createHash('sha256').update('').digest('hex'),
    time: String(wallClock),
    ...given,
  };
  const text = [proof.method, proof.path, proof.time, proof.bodySha256].join('\n');
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
    ['time', { time: String(wallClock + 1) }],
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

  it('is told from another one of the same call, also where its second number was replaced', () => {
    const proof = proofOf();
    expect(onceOf(proofOf())).not.toBe(onceOf(proof));
    const twin = { ...proof, signature: withOtherHalf(proof.signature) };
    expect(isProven(twin, publicKey, wallClock)).toBe(true);
    expect(twin.signature).not.toBe(proof.signature);
    expect(onceOf(twin)).toBe(onceOf(proof));
  });
});

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** With (r, s) also (r, order - s) is valid. */
function withOtherHalf(signature: string): string {
  const der = Buffer.from(signature, 'base64');
  const r = der.subarray(2, 4 + (der[3] ?? 0));
  const second = der.subarray(2 + r.length + 2);
  const other = (ORDER - BigInt(`0x${second.toString('hex')}`)).toString(16);
  const even = other.length % 2 ? `0${other}` : other;
  const bytes = Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex');
  const body = Buffer.concat([r, Buffer.from([2, bytes.length]), bytes]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]).toString('base64');
}
