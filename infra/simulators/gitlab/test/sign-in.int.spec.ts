import { createHash, randomBytes } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { startGitLabSimulator } from '../src/index.js';
import type { GitLabSimulator } from '../src/index.js';

const CALLBACK = 'http://127.0.0.1:9/callback';

/** A browser that follows redirects within GitLab, keeps cookies, and stops where GitLab sends it away. */
class Browser {
  private readonly cookies = new Map<string, string>();

  async open(
    url: string,
    form?: Record<string, string>,
  ): Promise<{ url: string; status: number; text: string }> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const sent = form ? { method: 'POST', body: new URLSearchParams(form) } : {};
    const answer = await fetch(url, { ...sent, headers: { cookie }, redirect: 'manual' });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      this.cookies.set(name, value);
    }
    const next = answer.headers.get('location');
    if (next === null) return { url, status: answer.status, text: await answer.text() };
    const target = new URL(next, url).href;
    return target.startsWith(CALLBACK) ? { url: target, status: answer.status, text: '' } : this.open(target);
  }
}

describe('signing in at GitLab', () => {
  let simulator: GitLabSimulator;
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');

  beforeEach(async () => {
    const tokens = {
      t: { scopes: ['api'], user: 'ada', groups: ['acme'] },
      u: { scopes: ['api'], user: 'bob' },
    };
    simulator = await startGitLabSimulator({ tokens });
  });

  afterEach(() => simulator.stop());

  const register = async (spec: object = {}) => {
    const answer = await fetch(`${simulator.url}/_sim/applications`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
      body: JSON.stringify({ redirectUris: [CALLBACK], ...spec }),
    });
    return (await answer.json()) as { clientId: string; clientSecret: string };
  };
  const authorizeUrl = (clientId: string, change: Record<string, string> = {}): string => {
    const asked = {
      ...{
        client_id: clientId,
        redirect_uri: CALLBACK,
        response_type: 'code',
        scope: 'openid profile email',
      },
      ...{ state: 's1', nonce: 'n1', code_challenge: challenge, code_challenge_method: 'S256', ...change },
    };
    return `${simulator.url}/oauth/authorize?${new URLSearchParams(asked)}`;
  };
  const signedIn = async (clientId: string, user: string) => {
    const browser = new Browser();
    const page = await browser.open(authorizeUrl(clientId));
    expect(page.text).toContain(`value="${user}"`);
    return new URL((await browser.open(page.url, { user })).url).searchParams;
  };
  const redeem = async (code: string, form: Record<string, string>, authorization?: string) => {
    const answer = await fetch(`${simulator.url}/oauth/token`, {
      method: 'POST',
      headers: authorization ? { authorization } : {},
      body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: CALLBACK, ...form }),
    });
    const body = (await answer.json()) as {
      id_token: string;
      access_token: string;
      refresh_token?: string;
      error?: string;
    };
    return { status: answer.status, body };
  };

  it('ends with an ID token of who sat at the browser, verified by the published keys', async () => {
    const { clientId, clientSecret } = await register();
    const back = await signedIn(clientId, 'bob');
    expect(back.get('state')).toBe('s1');
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    const { status, body } = await redeem(back.get('code') ?? '', { code_verifier: verifier }, basic);
    expect(status).toBe(200);
    const keys = createRemoteJWKSet(new URL(`${simulator.url}/oauth/discovery/keys`));
    const { payload } = await jwtVerify(body.id_token, keys, { issuer: simulator.url, audience: clientId });
    expect(payload).toMatchObject({ sub: '2', nonce: 'n1', preferred_username: 'bob', email_verified: true });
    expect(body.refresh_token).toEqual(expect.any(String));
    const headers = { authorization: `Bearer ${body.access_token}` };
    const info = await fetch(`${simulator.url}/oauth/userinfo`, { headers });
    expect(await info.json()).toMatchObject({ sub: '2', nickname: 'bob' });
  });

  it('lets an application without a secret in by PKCE alone, and with the right verifier only', async () => {
    const { clientId } = await register({ confidential: false });
    const code = (await signedIn(clientId, 'ada')).get('code') ?? '';
    const wrong = await redeem(code, {
      client_id: clientId,
      code_verifier: randomBytes(32).toString('base64url'),
    });
    expect([wrong.status, wrong.body.error]).toEqual([400, 'invalid_grant']);
    const again = (await signedIn(clientId, 'ada')).get('code') ?? '';
    expect((await redeem(again, { client_id: clientId, code_verifier: verifier })).status).toBe(200);
    expect((await redeem(again, { client_id: clientId, code_verifier: verifier })).body.error).toBe(
      'invalid_grant',
    );
  });

  it('sends nobody to an address that the application did not register', async () => {
    const { clientId } = await register();
    const page = await new Browser().open(
      authorizeUrl(clientId, { redirect_uri: 'http://127.0.0.1:9/else' }),
    );
    expect([page.status, page.text]).toEqual([400, expect.stringContaining('invalid_redirect_uri')]);
  });

  it('does not know who is not there', async () => {
    const { clientId } = await register();
    const browser = new Browser();
    const page = await browser.open(authorizeUrl(clientId));
    expect((await browser.open(page.url, { user: 'eve' })).status).toBe(422);
  });
});
