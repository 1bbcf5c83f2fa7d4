import { newToken } from '@cleanroom/secrets';
import { installationKeys } from '../src/installation-keys.js';
import type { InstallationState } from '../src/state-folder.js';
import { secretsIn } from './secrets-in.js';

const HMAC = 'Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE';
const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJvcmc6YWNtZSJ9.c2lnbmF0dXJlLW9mLWl0';

let state: InstallationState;
beforeAll(async () => {
  const token = (prefix: string) => newToken(prefix).reveal();
  state = {
    ...(await installationKeys()),
    ...{ version: 1, installation: 'spec', hetznerToken: token('ht'), gitlabToken: token('gl') },
    apiTokens: { owner: token('api'), viewer: token('api'), other: token('api') },
    databasePasswords: { admin: 'p-admin-0', owner: 'p-owner-0', app: 'p/app+0', worker: 'p-worker-0' },
  };
});

/** Every text of a state that is kept from others. */
const secrets = (): string[] => [
  ...[state.hetznerToken, state.gitlabToken, state.gatewayKey, state.ticketKey],
  ...Object.values(state.masterKeys),
  ...Object.values(state.recipientKeys).map(({ privateKey }) => privateKey),
  ...Object.values(state.apiTokens),
  ...Object.values(state.databasePasswords),
];

describe('the search for secrets', () => {
  it('finds each of an installation, however it is written', () => {
    for (const secret of secrets())
      for (const written of [
        secret,
        encodeURIComponent(secret),
        Buffer.from(secret).toString('base64'),
        Buffer.from(secret).toString('hex'),
      ])
        expect(secretsIn(`before ${written} after`, state)).toHaveLength(1);
  });

  it.each([
    ["a runner's token", 'glrt-t1_aB3dE6gH9jK2mN5pQ8sT.01.0w1x2y3z4'],
    ['a ticket', `crt_${HMAC}`],
    ['a session', newToken('crs').reveal()],
    ["a machine's credential", `cmc.mach_01jd8z3k5w9f2v7x4q6r8t0y1a.2.${HMAC}`],
    ['the secret of a webhook', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    ['a private key, also as JSON writes it', JSON.stringify('-----BEGIN EC PRIVATE KEY-----\nMHc')],
    ['a workload token', JWT],
    ['an API token', newToken('cr').reveal()],
    ['a job token', 'glcbt-64_aB3dE6gH9jK2mN5pQ8sT'],
    ['a private key as JSON', `"d":"${HMAC}x"`],
    ['a private key as JSON within JSON', JSON.stringify(`{"kty":"EC","d":"${HMAC}x"}`)],
    ['what a header said', 'authorization: Bearer 0123456789abcdef0123456789'],
    ['the password of a database', 'postgres://identity_app:hunter2@127.0.0.1:4020/identity'],
  ])('knows %s by its form', (_, secret) => {
    expect(secretsIn(`{"said":"${secret}"}`, state)).toHaveLength(1);
  });

  it('finds what it is told of beside them', () => {
    expect(secretsIn(`a ${encodeURIComponent('s/e c')} b`, state, ['s/e c'])).toHaveLength(1);
  });

  it('shows none of what it finds', () => {
    const [found = ''] = secretsIn(state.hetznerToken, state);
    expect(found.length).toBeLessThan(8);
  });

  it('takes ids, hashes and cut off beginnings for none', () => {
    const harmless =
      'mach_01jd8z3k5w9f2v7x4q6r8t0y1a tok_1 crt_ glrt-… eyJhbGciOiJSUzI1NiJ9 crt_short Bearer … postgres://127.0.0.1:4020/x';
    expect(secretsIn(harmless, state)).toEqual([]);
  });
});
