import { WebSocket } from 'ws';
import { createClient } from 'graphql-ws';
import { eventually } from '@cleanroom/testing';
import { SmallInstallation } from './small-installation.js';
import { eventOf, runnerChanges } from './subscribers.js';

const PUBLIC = 'https://cleanroom.example';
const cookie = '__Host-cleanroom=crs_acme';
const STRANGERS = ['https://evil.example', 'null', 'https://cleanroom.example.evil.example', ''];

let installation: SmallInstallation;

beforeEach(async () => {
  installation = await SmallInstallation.start({ CLEANROOM_ALLOWED_ORIGINS: 'https://partner.example' });
});
afterEach(() => installation.stop());

const ask = (headers: Record<string, string>) =>
  installation.ask('{ viewer { name } }', { token: '', headers });

describe('a session', () => {
  it('is as good as its token, from a page of this installation', async () => {
    for (const origin of [PUBLIC, installation.gateway.url])
      expect(await ask({ cookie, origin })).toMatchObject({
        status: 200,
        data: { viewer: { name: 'acme' } },
      });
    expect(installation.questions[0]).toMatchObject({ session: 'crs_acme' });
    expect(installation.questions[0]).not.toHaveProperty('authorization');
  });

  it.each([...STRANGERS, 'https://partner.example'])('says nothing for the page of %j', async (origin) => {
    expect((await ask({ cookie, origin })).status).toBe(401);
    expect(installation.questions).toEqual([]);
  });

  it('says nothing where no page is named, nor where a token is shown', async () => {
    expect((await ask({ cookie })).status).toBe(401);
    expect((await ask({ cookie, origin: PUBLIC, authorization: 'Bearer crt_unknown' })).status).toBe(401);
  });

  it('is no token, nor is a token a session', async () => {
    expect((await ask({ cookie: '__Host-cleanroom=crt_acme', origin: PUBLIC })).status).toBe(401);
    expect((await ask({ authorization: 'Bearer crs_acme' })).status).toBe(401);
  });

  it('is refused within 5 seconds of its end', async () => {
    expect((await ask({ cookie, origin: PUBLIC })).status).toBe(200);
    installation.sessions.clear();
    const endedAt = performance.now();
    await eventually(async () => expect((await ask({ cookie, origin: PUBLIC })).status).toBe(401));
    expect(performance.now() - endedAt).toBeLessThan(5_000);
  });
});

describe('a stream of a session', () => {
  const open = (headers: Record<string, string>) => {
    class PageSocket extends WebSocket {
      constructor(url: string, protocol: string) {
        super(url, protocol, { headers });
      }
    }
    const client = createClient({
      url: installation.url.replace('http', 'ws'),
      webSocketImpl: PageSocket,
      retryAttempts: 0,
    });
    const events: unknown[] = [];
    const ended = new Promise<unknown>((resolve) => {
      const sink = {
        next: (event: unknown) => events.push(event),
        error: resolve,
        complete: () => resolve(''),
      };
      client.subscribe({ query: runnerChanges }, sink);
    });
    return { events, ended };
  };
  const stream = (headers: Record<string, string>) =>
    fetch(installation.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
      body: JSON.stringify({ query: runnerChanges }),
    });

  it('opens with the cookie alone, and ends within 5 seconds of the session’s end', async () => {
    const { events, ended } = open({ cookie, origin: PUBLIC });
    const streamed = await stream({ cookie, origin: PUBLIC });
    await eventually(() => installation.listeners > 0);
    installation.change('run_1');
    await eventually(() => expect(events).toEqual([eventOf('run_1')]));
    installation.sessions.clear();
    const endedAt = performance.now();
    expect(await ended).toMatchObject({ code: 4401 });
    expect(await streamed.text()).toContain('event: complete');
    expect(performance.now() - endedAt).toBeLessThan(5_000);
  });

  it('is refused to the page of a stranger, also of one that may open sockets with a token', async () => {
    expect((await stream({ cookie, origin: 'https://partner.example' })).status).toBe(401);
    expect(await open({ cookie, origin: 'https://partner.example' }).ended).toMatchObject({ code: 4401 });
    expect(await open({ cookie }).ended).toMatchObject({ code: 4401 });
  });
});

describe('/auth/session', () => {
  const at = (method: string, headers: Record<string, string>, path = '/auth/session') =>
    fetch(`${installation.gateway.url}${path}`, { method, headers, body: method === 'POST' ? '{}' : null });
  const arrived = () => installation.identity.calls.filter(({ path }) => path === '/auth/session');

  it('leads to identity with the cookie, as nobody’s call', async () => {
    await at('POST', { origin: PUBLIC });
    await at('GET', { cookie });
    await at('DELETE', { cookie, origin: PUBLIC });
    expect(arrived().map(({ method, headers }) => [method, headers.cookie])).toEqual([
      ['POST', undefined],
      ['GET', cookie],
      ['DELETE', cookie],
    ]);
    expect(arrived()[0]?.caller).toEqual({ kind: 'anonymous', source: '127.0.0.1' });
  });

  it.each(STRANGERS)('changes nothing for the page of %j', async (origin) => {
    for (const method of ['POST', 'DELETE']) expect((await at(method, { cookie, origin })).status).toBe(403);
    expect(arrived()).toEqual([]);
  });

  it('changes nothing where no page is named', async () => {
    for (const method of ['POST', 'DELETE', 'PUT']) expect((await at(method, { cookie })).status).toBe(403);
    expect(arrived()).toEqual([]);
  });

  it('is the only route that gets cookies', async () => {
    await at('POST', { cookie, origin: PUBLIC }, '/webhooks/gitlab/gl_1');
    expect(installation.provisioning.calls[0]?.headers).not.toHaveProperty('cookie');
  });
});

describe('a statement', () => {
  const path = '/billing/statements/2026-11.csv';
  const read = (headers: Record<string, string>) => fetch(`${installation.gateway.url}${path}`, { headers });
  const arrived = () => installation.provisioning.calls.filter((call) => call.path === path);

  it('is for the page of this installation, by the cookie alone, which goes no further', async () => {
    expect((await read({ cookie, 'sec-fetch-site': 'same-origin' })).status).toBe(202);
    expect((await read({ cookie, origin: PUBLIC })).status).toBe(202);
    expect(arrived()[0]?.caller).toMatchObject({ kind: 'user', organizationId: 'org_acme' });
    for (const { headers } of arrived()) expect(headers).not.toHaveProperty('cookie');
  });

  it.each(['same-site', 'cross-site', 'none'])('is refused to a page that is %s', async (site) => {
    expect((await read({ cookie, 'sec-fetch-site': site })).status).toBe(401);
    expect(arrived()).toEqual([]);
  });

  it('is refused where nothing is said of the page, and once the session is over', async () => {
    expect((await read({ cookie })).status).toBe(401);
    installation.sessions.clear();
    expect((await read({ cookie, 'sec-fetch-site': 'same-origin' })).status).toBe(401);
    expect(arrived()).toEqual([]);
  });
});
