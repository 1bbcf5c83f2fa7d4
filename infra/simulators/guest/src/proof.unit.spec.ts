import { createHash, verify } from 'node:crypto';
import { newKeyPair, proofHeaders } from './proof.js';

const call = { method: 'POST', target: '/machine/v1/report?a=b', body: '{"event":"ALIVE"}' };

const verified = (
  headers: Record<string, string>,
  publicKey: string,
  { method, target, body }: typeof call,
) => {
  const digest = createHash('sha256').update(body).digest('hex');
  const signed = [method, target, headers['x-machine-time'], digest].join('\n');
  return verify(
    'sha256',
    Buffer.from(signed),
    publicKey,
    Buffer.from(headers['x-machine-signature']!, 'base64'),
  );
};

describe('the proof of a call', () => {
  const pair = newKeyPair();
  const headers = proofHeaders(call, pair.privateKey, 'credential');

  it('is the signature of method, target, time and the digest of the body', () => {
    expect(verified(headers, pair.publicKey, call)).toBe(true);
    expect(headers.authorization).toBe('Bearer credential');
    expect(Math.abs(Date.now() - Number(headers['x-machine-time']))).toBeLessThan(60_000);
  });

  it.each([
    ['another method', { method: 'GET' }],
    ['another query', { target: '/machine/v1/report?a=c' }],
    ['another body', { body: '' }],
  ])('does not hold for %s', (_, change) => {
    expect(verified(headers, pair.publicKey, { ...call, ...change })).toBe(false);
  });

  it('does not hold for another key', () => {
    expect(verified(headers, newKeyPair().publicKey, call)).toBe(false);
  });

  it('of an enrolment has no credential', () => {
    expect(proofHeaders(call, pair.privateKey).authorization).toBeUndefined();
  });
});
