import { createHash, verify } from 'node:crypto';
import { newKeyPair, proofHeaders } from './proof.js';

const call = { method: 'POST', target: '/machine/v1/report?a=b', body: '{"event":"alive"}' };

const verified = (
  headers: Record<string, string>,
  publicKey: string,
  { method, target, body }: typeof call,
) => {
  const digest = createHash('sha256').update(body).digest('hex');
  const signed = [method, target, headers['cleanroom-time'], headers['cleanroom-nonce'], digest].join('\n');
  return verify('sha256', Buffer.from(signed), publicKey, Buffer.from(headers['cleanroom-proof']!, 'base64'));
};

describe('the proof of a call', () => {
  const pair = newKeyPair();
  const headers = proofHeaders(call, 'credential', pair.privateKey);

  it('is the signature of method, target, time, nonce and the digest of the body', () => {
    expect(verified(headers, pair.publicKey, call)).toBe(true);
    expect(headers.authorization).toBe('Bearer credential');
    expect(headers['cleanroom-nonce']).toMatch(/^[0-9a-f]{32}$/);
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

  it('has a nonce of its own every time', () => {
    const again = proofHeaders(call, 'credential', pair.privateKey);
    expect(again['cleanroom-nonce']).not.toBe(headers['cleanroom-nonce']);
  });
});
