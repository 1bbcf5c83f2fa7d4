import { randomBytes } from 'node:crypto';
import { jest } from '@jest/globals';
import { CALL_HEADERS, signCall, verifyCall, type SignedCaller } from './call-signature.js';
import { RecentNonces } from './recent-nonces.js';

const key = randomBytes(32).toString('base64');
const caller: SignedCaller = {
  kind: 'user',
  organizationId: 'org_1',
  role: 'VIEWER',
  name: 'someone',
  tokenId: 'tok_1',
  source: '198.51.100.7',
};
const parts = { method: 'POST', path: '/graphql?a=b', body: '{"query":"{ a }"}' };

describe('a signed call', () => {
  it('tells who calls', () => {
    expect(verifyCall(key, signCall(key, caller, parts), parts, new RecentNonces())).toEqual(caller);
  });

  it('is good once', () => {
    const used = new RecentNonces();
    const headers = signCall(key, caller, parts);
    expect(verifyCall(key, headers, parts, used)).toBeDefined();
    expect(verifyCall(key, headers, parts, used)).toBeUndefined();
  });

  it.each([
    ['another method', { ...parts, method: 'GET' }],
    ['another path', { ...parts, path: '/graphql' }],
    ['another body', { ...parts, body: '{"query":"{ b }"}' }],
    ['no body', { ...parts, body: '' }],
  ])('is not good for %s', (_what, others) => {
    expect(verifyCall(key, signCall(key, caller, parts), others, new RecentNonces())).toBeUndefined();
  });

  it.each(Object.values(CALL_HEADERS))('is not good without %s, or with a changed one', (header) => {
    const headers = signCall(key, caller, parts);
    for (const value of [undefined, '', 'x', [headers[header], headers[header]], `${headers[header]}0`])
      expect(verifyCall(key, { ...headers, [header]: value }, parts, new RecentNonces())).toBeUndefined();
  });

  it('is not good when signed with another key, or for somebody else', () => {
    const other = randomBytes(32).toString('base64');
    expect(verifyCall(key, signCall(other, caller, parts), parts, new RecentNonces())).toBeUndefined();
    const owner = signCall(key, { ...caller, role: 'OWNER' }, parts);
    const mixed = { ...signCall(key, caller, parts), [CALL_HEADERS.caller]: owner[CALL_HEADERS.caller] };
    expect(verifyCall(key, mixed, parts, new RecentNonces())).toBeUndefined();
  });

  it.each([
    [-29, true],
    [-31, false],
    [29, true],
    [31, false],
  ])('that is %i seconds old: good is %s', (age, good) => {
    const now = Date.now();
    const signedAt = jest.spyOn(Date, 'now').mockReturnValue(now - age * 1_000);
    const headers = signCall(key, caller, parts);
    signedAt.mockReturnValue(now);
    expect(verifyCall(key, headers, parts, new RecentNonces()) !== undefined).toBe(good);
    signedAt.mockRestore();
  });
});

describe('recent nonces', () => {
  it('are remembered for as long as a signature can be good, and then forgotten', () => {
    const now = jest.spyOn(performance, 'now').mockReturnValue(0);
    const nonces = new RecentNonces();
    expect(nonces.use('a')).toBe(true);
    now.mockReturnValue(59_000);
    expect(nonces.use('a')).toBe(false);
    now.mockReturnValue(61_000);
    expect(nonces.use('a')).toBe(false);
    now.mockReturnValue(122_000);
    nonces.use('b');
    now.mockReturnValue(183_000);
    expect(nonces.use('a')).toBe(true);
    now.mockRestore();
  });
});
