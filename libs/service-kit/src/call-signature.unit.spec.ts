import { randomBytes } from 'node:crypto';
import { jest } from '@jest/globals';
import { CALL_HEADERS, signCall, verifyCall, type SignedCaller, type UsedNonces } from './call-signature.js';

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

function memory(): UsedNonces {
  const used = new Set<string>();
  return { use: (nonce) => !used.has(nonce) && used.add(nonce).has(nonce) };
}

describe('a signed call', () => {
  it('tells who calls', async () => {
    expect(await verifyCall(key, signCall(key, caller, parts), parts, memory())).toEqual(caller);
  });

  it('is good once', async () => {
    const used = memory();
    const headers = signCall(key, caller, parts);
    expect(await verifyCall(key, headers, parts, used)).toBeDefined();
    expect(await verifyCall(key, headers, parts, used)).toBeUndefined();
  });

  it.each([
    ['another method', { ...parts, method: 'GET' }],
    ['another path', { ...parts, path: '/graphql' }],
    ['another body', { ...parts, body: '{"query":"{ b }"}' }],
    ['no body', { ...parts, body: '' }],
  ])('is not good for %s', async (_what, others) => {
    expect(await verifyCall(key, signCall(key, caller, parts), others, memory())).toBeUndefined();
  });

  it.each(Object.values(CALL_HEADERS))('is not good without %s, or with a changed one', async (header) => {
    const headers = signCall(key, caller, parts);
    for (const value of [undefined, '', 'x', [headers[header], headers[header]], `${headers[header]}0`])
      expect(await verifyCall(key, { ...headers, [header]: value }, parts, memory())).toBeUndefined();
  });

  it('is not good when signed with another key, or for somebody else', async () => {
    const other = randomBytes(32).toString('base64');
    expect(await verifyCall(key, signCall(other, caller, parts), parts, memory())).toBeUndefined();
    const owner = signCall(key, { ...caller, role: 'OWNER' }, parts);
    const mixed = { ...signCall(key, caller, parts), [CALL_HEADERS.caller]: owner[CALL_HEADERS.caller] };
    expect(await verifyCall(key, mixed, parts, memory())).toBeUndefined();
  });

  it.each([
    [-29, true],
    [-31, false],
    [29, true],
    [31, false],
  ])('that is %i seconds old: good is %s', async (age, good) => {
    const now = Date.now();
    const signedAt = jest.spyOn(Date, 'now').mockReturnValue(now - age * 1_000);
    const headers = signCall(key, caller, parts);
    signedAt.mockReturnValue(now);
    expect((await verifyCall(key, headers, parts, memory())) !== undefined).toBe(good);
    signedAt.mockRestore();
  });
});
