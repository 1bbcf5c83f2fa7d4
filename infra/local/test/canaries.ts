import { randomBytes } from 'node:crypto';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { serviceNames } from '../src/service-names.js';
import type { TestInstallation } from './installation.js';

const SESSION_COOKIE = '__Host-cleanroom';

/** What was shown to an installation, and what it said to that. */
export interface Shown {
  /** Texts that must be nowhere. */
  readonly canaries: readonly string[];
  /** Answers, each with where it came from. */
  readonly answers: readonly { name: string; text: string }[];
}

/**
 * Shows an installation secrets at every door that takes one, wrong ones and right ones: what is refused and what fails is
 * logged and told more readily than what goes well.
 */
export async function showCanaries(installation: TestInstallation): Promise<Shown> {
  const cage = new Cage(installation);
  await showToGateway(cage);
  await showInMutations(cage);
  await showAsMachine(cage);
  await showAsStrangers(cage);
  await useSession(cage);
  await useApiToken(cage);
  return cage;
}

/** Each of the doors that {@link showCanaries} goes through, and what is remembered of it. */
class Cage implements Shown {
  readonly canaries: string[] = [];
  readonly answers: { name: string; text: string }[] = [];

  constructor(readonly installation: TestInstallation) {}

  /** Unlike every other text of the installation. */
  make(prefix = ''): string {
    const canary = `${prefix}canary${randomBytes(24).toString('hex')}`;
    this.canaries.push(canary);
    return canary;
  }

  get gateway(): string {
    return new URL(this.installation.demo.graphqlUrl).origin;
  }

  async send(name: string, url: string, init: RequestInit): Promise<Response> {
    const response = await fetch(url, { redirect: 'manual', ...init });
    const copy = response.clone();
    const headers = JSON.stringify([...response.headers].filter(([header]) => header !== 'set-cookie'));
    this.answers.push({ name, text: `${headers} ${await copy.text()}` });
    return response;
  }

  post(name: string, path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
    return this.send(name, `${this.gateway}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  }

  /** As the demo's owner. */
  ask(name: string, query: string, variables: object = {}): Promise<Response> {
    const authorization = `Bearer ${this.installation.demo.apiToken}`;
    return this.post(name, '/graphql', { query, variables }, { authorization });
  }
}

async function showToGateway(cage: Cage): Promise<void> {
  const query = '{ viewer { name } }';
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  await cage.post('a wrong API token', '/graphql', { query }, bearer(cage.make('cr_')));
  await cage.post('a wrong JWT', '/graphql', { query }, bearer(`${cage.make('eyJ')}.${cage.make('eyJ')}.x`));
  await cage.post('basic', '/graphql', { query }, { authorization: `Basic ${cage.make()}` });
  const cookie = `${SESSION_COOKIE}=${cage.make('crs_')}`;
  await cage.post('a wrong session', '/graphql', { query }, { cookie, origin: cage.gateway });
  await cage.post('a wrong sign-in', '/auth/session', { token: cage.make('cr_') }, { origin: cage.gateway });
  await cage.ask('a secret in a query', `{ runner(id: "${cage.make('cr_')}") { id } }`);
  await cage.ask('a secret that is no query', `{ viewer { name(token: "${cage.make('glpat-')}") }`);
  await cage.send('a secret in an address', `${cage.gateway}/graphql?token=${cage.make()}`, {});
  await cage.send('a statement', `${cage.gateway}/billing/statements/2026-01.csv`, {
    headers: bearer(cage.make('cr_')),
  });
  await helloWith(cage.installation.demo.subscriptionsUrl, cage.make('cr_'));
}

/** Over a WebSocket, where the token comes in the first message. */
const helloWith = (url: string, token: string): Promise<void> =>
  new Promise((resolve) => {
    const client = createClient({
      url,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { authorization: `Bearer ${token}` },
    });
    const sink = { next: () => undefined, error: () => resolve(), complete: () => resolve() };
    client.subscribe({ query: 'subscription { runnerChanged { cursor } }' }, sink);
  });

async function showInMutations(cage: Cage): Promise<void> {
  const { demo, system } = cage.installation;
  const hetzner = `mutation($input: ConnectHetznerProjectInput!) { connectHetznerProject(input: $input) { userErrors { code message path } } }`;
  const gitlab = `mutation($input: ConnectGitLabInput!) { connectGitLab(input: $input) { userErrors { code message path } } }`;
  const nobody = `http://127.0.0.1:${system.ports.kafka}`;
  const of = (rest: object) => ({ input: { name: 'canary', ...rest } });
  for (const endpoint of [demo.hetznerUrl, nobody, `http://u:${cage.make()}@127.0.0.1/v1`])
    await cage.ask(`a token for ${endpoint.slice(0, 9)}`, hetzner, of({ apiToken: cage.make(), endpoint }));
  for (const url of [demo.gitlabUrl, nobody, `https://u:${cage.make()}@gitlab.example`, 'http://10.0.0.1'])
    await cage.ask('a token for a GitLab', gitlab, of({ accessToken: cage.make('glpat-'), url }));
  await cage.ask('a list of tokens', hetzner, of({ apiToken: [cage.make()], endpoint: demo.hetznerUrl }));
  await cage.ask('a token too much', gitlab, of({ token: cage.make('glpat-'), url: demo.gitlabUrl }));
  for (const mutation of [
    'updateHetznerProject(id: $id, apiToken: $token)',
    'updateGitLab(id: $id, accessToken: $token)',
  ])
    await cage.ask(
      'a token for a connection',
      `mutation($id: ID!, $token: String) { ${mutation} { userErrors { code message path } } }`,
      { id: await connectionOf(cage, mutation), token: cage.make('glpat-') },
    );
}

/** That of the demo: what is refused there changes nothing. */
async function connectionOf({ installation }: Cage, mutation: string): Promise<string> {
  const list = mutation.includes('GitLab') ? 'gitlabConnections' : 'hetznerProjects';
  type Answer = { viewer: { organization: Record<string, { id: string }[]> } };
  const { viewer } = await installation.ask<Answer>(`{ viewer { organization { ${list} { id } } } }`);
  return viewer.organization[list]?.[0]?.id ?? '';
}

async function showAsMachine(cage: Cage): Promise<void> {
  const machineId = `mach_${'0'.repeat(26)}`;
  const proof = () => ({ 'x-machine-time': String(Date.now()), 'x-machine-signature': cage.make() });
  const body = { machineId, generation: 1, ticket: cage.make('crt_'), publicKey: cage.make() };
  await cage.post('a wrong ticket', '/machine/v1/enrol', body, proof());
  const credential = () => ({ authorization: `Bearer cmc.${machineId}.1.${cage.make()}`, ...proof() });
  for (const path of ['/machine/v1/runner', '/machine/v1/token?audience=x'])
    await cage.send('a wrong credential', `${cage.gateway}${path}`, { headers: credential() });
  await cage.post('a report', '/machine/v1/report', { event: 'FAILED', message: cage.make() }, credential());
}

async function showAsStrangers(cage: Cage): Promise<void> {
  const hook = {
    'x-gitlab-token': cage.make(),
    'webhook-id': '1',
    'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
    'webhook-signature': `v1,${cage.make()}`,
  };
  await cage.post(
    'a forged webhook',
    `/webhooks/gitlab/gl_${'0'.repeat(26)}`,
    { object_kind: 'build' },
    hook,
  );
  await cage.post('an exchange', '/oidc/token', { subject_token: cage.make('eyJ') });
  for (const service of serviceNames) {
    const port = cage.installation.system.ports[service];
    await cage.send(`${service} itself`, `http://127.0.0.1:${port}/graphql?key=${cage.make()}`, {
      method: 'POST',
      body: JSON.stringify({ query: cage.make() }),
      headers: { 'content-type': 'application/json', 'x-cleanroom-signature': cage.make() },
    });
  }
}

/** Signs in and out with a session that is good. */
async function useSession(cage: Cage): Promise<void> {
  const origin = cage.gateway;
  const { apiToken } = cage.installation.demo;
  const signedIn = await cage.post('a sign-in', '/auth/session', { token: apiToken }, { origin });
  const session = /=([^;]+)/.exec(signedIn.headers.get('set-cookie') ?? '')?.[1];
  if (!session) throw new Error(`signing in was answered with ${signedIn.status} and no session`);
  cage.canaries.push(session);
  const headers = { cookie: `${SESSION_COOKIE}=${session}`, origin };
  const { status } = await cage.post('a session', '/graphql', { query: '{ viewer { name } }' }, headers);
  if (status !== 200) throw new Error(`a session was answered with ${status}`);
  await cage.send('a sign-out', `${origin}/auth/session`, { method: 'DELETE', headers });
}

/** Makes, uses and revokes one: its one answer is the only place that may show it. */
async function useApiToken({ installation, canaries }: Cage): Promise<void> {
  const { createApiToken: made } = await installation.ask<{
    createApiToken: { secret: string; apiToken: { id: string } };
  }>('mutation { createApiToken(name: "canary", role: VIEWER) { secret apiToken { id } } }');
  canaries.push(made.secret);
  await installation.askAs(made.secret)('{ viewer { name } }');
  await installation.ask(`mutation($id: ID!) { revokeApiToken(id: $id) { userErrors { code } } }`, {
    id: made.apiToken.id,
  });
}
