import { eventually } from './eventually.js';
import { signCall } from '@cleanroom/service-kit/edge';
import { callOf, entities, mutations, pagedFields, queriesById } from './api-schema.js';
import { stateOf } from './api-state.js';
import type { TestInstallation } from './installation.js';
import { serviceNames, type ServiceProcess } from '../src/service-names.js';

/** What an OPERATOR may do, too; everything else is the OWNERs' alone. */
const OPERATORS_TOO = [
  'wakeRunner',
  'drainRunner',
  'pauseRunnerPool',
  'resizeRunnerPool',
  'overrideSchedule',
  'removeOverride',
];

/** Where an id of each type with a key is found: a query, and the way to the first one in its answer. */
const ONE_OF: Record<string, string> = {
  Organization: '{ viewer { organization { id } } }',
  ApiToken: '{ viewer { organization { apiTokens { id } } } }',
  HetznerProject: '{ viewer { organization { hetznerProjects { id } } } }',
  GitLabConnection: '{ viewer { organization { gitlabConnections { id } } } }',
  RunnerPool: '{ runnerPools(first: 1) { nodes { id } } }',
  Runner: '{ runners(first: 1) { nodes { id } } }',
  FirewallPolicy: '{ firewallPolicies(first: 1) { nodes { id } } }',
  Schedule: '{ schedules(first: 1) { nodes { id } } }',
  Job: '{ jobs(first: 1) { nodes { id } } }',
};

/** How a page of each type is reached: what hangs below an entity, through the list of those entities. */
const BELOW: Record<string, (page: string) => string> = {
  Query: (page) => `{ ${page} }`,
  Organization: (page) => `{ viewer { organization { ${page} } } }`,
  RunnerPool: (page) => `{ runnerPools(first: 1) { nodes { ${page} } } }`,
  Runner: (page) => `{ runners(first: 1) { nodes { ${page} } } }`,
};

const firstId = (value: unknown): string | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('id' in value) return String(value.id);
  return Object.values(value).map(firstId).find(Boolean);
};

interface Answer {
  data?: { _entities: unknown[] };
  errors?: { message: string }[];
}

async function askGateway(url: string, token: string, query: string, variables: object): Promise<Answer> {
  const answer = await fetch(url, {
    method: 'POST',
    body: JSON.stringify({ query, variables }),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
  });
  return (await answer.json()) as Answer;
}

/** What holds for each mutation, type and page of the API. Leaves things behind in the installation that it is tried on. */
export const apiMatrix = (running: () => TestInstallation) => () => {
  let installation: TestInstallation;
  /** After the latest call that may have changed something. */
  let state: object[];
  const tokens: Record<string, string> = {};
  const organizations: Record<string, string> = {};

  beforeAll(async () => {
    installation = running();
    const { demo, ask } = installation;
    const made = await ask<{ createApiToken: { secret: string } }>(
      'mutation { createApiToken(name: "operator", role: OPERATOR) { secret } }',
    );
    Object.assign(tokens, {
      OWNER: demo.apiToken,
      VIEWER: demo.viewerToken,
      OPERATOR: made.createApiToken.secret,
    });
    for (const [name, token] of [
      ['own', demo.apiToken],
      ['other', demo.otherOrgToken],
    ] as const)
      organizations[name] = firstId(await installation.askAs(token)(ONE_OF.Organization ?? '')) ?? '';
    await installation.gitlab.queueJobs({ seconds: 60 });
    await eventually(async () => expect(firstId(await ask(ONE_OF.Job ?? ''))).toBeDefined(), {
      within: 60_000,
    });
    state = await stateOf(installation);
  }, 270_000);

  describe.each(mutations.map((field) => ({ name: field.name, ...callOf(field) })))(
    'the mutation $name',
    ({ name, mutation, variables }) => {
      it.each(['VIEWER', 'OPERATOR', 'OWNER'])(
        'is judged for the role %s, and nothing is changed',
        async (role) => {
          type Payload = { done: { userErrors: { code: string; path: string[] }[] } };
          const { done } = await installation.askAs(tokens[role] ?? '')<Payload>(mutation, variables);
          const isRefused = role === 'VIEWER' || (role === 'OPERATOR' && !OPERATORS_TOO.includes(name));
          const codes = done.userErrors.map(({ code }) => code);
          if (isRefused) expect(codes).toEqual(['NOT_ALLOWED']);
          else expect(codes).not.toContain('NOT_ALLOWED');
          const before = state;
          state = await stateOf(installation);
          if (isRefused || codes.length > 0) expect(state).toEqual(before);
        },
      );
    },
  );

  it('has a row for each type with a key', () => {
    expect(Object.keys(ONE_OF).sort()).toEqual([...new Set(entities.map(({ type }) => type))].sort());
  });

  /** Asks a service itself, signed as the gateway would sign it. */
  async function askService(
    { type, service, selection }: (typeof entities)[number],
    organizationId: string,
    id: string,
  ) {
    const body = JSON.stringify({
      query: `query($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${selection} } } }`,
      variables: { of: [{ __typename: type, id }] },
    });
    const caller = {
      kind: 'user',
      organizationId,
      role: 'OWNER',
      name: 'test',
      tokenId: 'tok_test',
      source: '127.0.0.1',
    } as const;
    const { gatewayKey } = installation.system.installation.folder.state;
    const { data, errors = [] } = await post(
      service,
      body,
      signCall(gatewayKey, caller, { method: 'POST', path: '/graphql', body }),
    );
    const told = { data, errors: errors.map(({ message }) => message) };
    return {
      isKnown: errors.length === 0 && Boolean(data?._entities[0]),
      text: JSON.stringify(told).replaceAll(id, 'ID'),
    };
  }

  async function post(service: string, body: string, headers: Record<string, string>) {
    const port = installation.system.ports[service as ServiceProcess];
    const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
    return (await answer.json()) as Answer;
  }
  const exampleOf = async (type: string): Promise<string> => {
    const id = firstId(await installation.ask(ONE_OF[type] ?? ''));
    if (id === undefined) throw new Error(`the demo has no ${type}`);
    return id;
  };

  it.each(entities)('$service says of a foreign $type what it says of an unknown one', async (entity) => {
    expect(serviceNames).toContain(entity.service);
    const id = await exampleOf(entity.type);
    const own = await askService(entity, organizations.own ?? '', id);
    const foreign = await askService(entity, organizations.other ?? '', id);
    const unknown = await askService(
      entity,
      organizations.other ?? '',
      `${id.split('_')[0]}_${'0'.repeat(26)}`,
    );
    expect(own.isKnown).toBe(true);
    expect(foreign.text).toBe(unknown.text);
  });

  it.each(Object.keys(ONE_OF))('the gateway shows another organisation no %s', async (type) => {
    const id = await exampleOf(type);
    const ask = installation.askAs(installation.demo.otherOrgToken);
    for (const query of Object.values(ONE_OF)) expect(JSON.stringify(await ask(query))).not.toContain(id);
  });

  describe.each(queriesById())('the gateway, asked for $query of another organisation,', (asked) => {
    it('answers as for one that nobody has', async () => {
      const { graphqlUrl, otherOrgToken } = installation.demo;
      const id = await exampleOf(asked.idOf);
      const answerFor = async (wanted: string, token: string) => {
        const { data, errors = [] } = await askGateway(graphqlUrl, token, asked.query, { id: wanted });
        return JSON.stringify({ data, errors: errors.map(({ message }) => message) }).replaceAll(
          wanted,
          'ID',
        );
      };
      const unknown = `${id.split('_')[0]}_${'0'.repeat(26)}`;
      const foreign = await answerFor(id, otherOrgToken);
      expect(foreign).toBe(await answerFor(unknown, otherOrgToken));
      expect(await answerFor(id, installation.demo.apiToken)).not.toBe(foreign);
    });
  });

  it.each(serviceNames)('%s answers nobody whose call is not signed', async (service) => {
    const body = JSON.stringify({ query: '{ _entities(representations: []) { __typename } }' });
    expect(await post(service, body, {})).toEqual({ error: 'unauthorized' });
  });

  describe.each(
    pagedFields().map(({ type, field }) => ({ at: `${type}.${field.name}`, type, name: field.name })),
  )('the page $at', ({ type, name }) => {
    it.each([0, -1, 101])('is refused for first: %s', async (first) => {
      const page = `${name}(first: ${first}) { pageInfo { hasNextPage } }`;
      await expect(installation.ask(BELOW[type]?.(page) ?? '')).rejects.toThrow(/first/);
    });
  });

  it('goes on after a cursor where it was, whatever is added in the meantime', async () => {
    const make = async (name: string) =>
      installation.ask(
        `mutation { createFirewallPolicy(input: { name: "${name}" }) { userErrors { code } } }`,
      );
    type Page = {
      page: { nodes: { name: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
    };
    const read = async (first: number, after: string | null = null) =>
      (
        await installation.ask<Page>(
          'query($first: Int!, $after: Cursor) { page: firewallPolicies(first: $first, after: $after) { nodes { name } pageInfo { endCursor hasNextPage } } }',
          { first, after },
        )
      ).page;
    for (const name of ['m1', 'm2', 'm3']) await make(name);
    const names = (page: Page['page']) => page.nodes.map(({ name }) => name);
    const before = names(await read(100));
    const seen: string[] = [];
    for (let after: string | null = null, more = true, turn = 0; more; turn += 1) {
      const page: Page['page'] = await read(1, after);
      seen.push(...names(page));
      after = page.pageInfo.endCursor;
      more = page.pageInfo.hasNextPage;
      if (turn < 2) for (const edge of ['a', 'z']) await make(`${edge}${turn}`);
    }
    expect(seen.filter((name) => before.includes(name))).toEqual(before);
    expect(new Set(seen).size).toBe(seen.length);
  });
};
