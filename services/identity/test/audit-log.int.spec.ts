import { randomBytes } from 'node:crypto';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { topics } from '@cleanroom/contracts';
import type { Role } from '@cleanroom/kernel';
import { eventually } from '@cleanroom/testing';
import { GITLAB_TOKEN, IdentityWorld, newId } from './identity-world.js';

const LOG = `query($first: Int!, $after: Cursor) { viewer { name organization { name auditLog(first: $first, after: $after) {
  edges { cursor node { action } } nodes { at actor action target outcome } pageInfo { hasNextPage endCursor } } } } }`;

interface Entry {
  at: string;
  actor: string;
  action: string;
  target: string | null;
  outcome: string;
}
interface Log {
  edges: { cursor: string; node: { action: string } }[];
  nodes: Entry[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}
interface Payload {
  gitlab?: { id: string };
  apiToken?: { id: string };
  userErrors: { code: string }[];
}

let world: IdentityWorld;
let acme: string;

beforeAll(async () => {
  world = await IdentityWorld.start();
});
beforeEach(async () => {
  acme = (await world.organization()).organizationId;
});
afterAll(() => world.stop());

const ask = (role: Role, query: string, variables: object = {}) =>
  world.ask(world.caller(acme, role), query, variables);
const page = async (first: number, after?: string | null): Promise<Log> => {
  const { data, errors } = await ask('OWNER', LOG, { first, after });
  expect(errors).toBeUndefined();
  return (data as unknown as { viewer: { organization: { auditLog: Log } } }).viewer.organization.auditLog;
};
const change = async (mutation: string, role: Role = 'OWNER'): Promise<Payload> => {
  const { data, errors } = await ask(role, `mutation { payload: ${mutation} }`);
  expect(errors).toBeUndefined();
  return (data as unknown as { payload: Payload }).payload;
};
const connect = (name: string) =>
  change(
    `connectGitLab(input: { name: "${name}", url: "${world.gitlab.url}", accessToken: "${GITLAB_TOKEN}" }) { gitlab { id } userErrors { code } }`,
  );
const disconnect = (id: string, role?: Role) =>
  change(`disconnectGitLab(id: "${id}") { userErrors { code } }`, role);

describe('the audit log', () => {
  it('tells who did what to what, newest first, from the making of the organisation on', async () => {
    const before = Date.now();
    const id = (await connect('Ours')).gitlab?.id;
    await disconnect(String(id));
    const { nodes } = await page(10);
    expect(nodes.map(({ actor, action, target, outcome }) => [actor, action, target, outcome])).toEqual([
      ['spec', 'disconnect-gitlab', id, 'DONE'],
      ['spec', 'connect-gitlab', id, 'DONE'],
      ['organization-command', 'create-api-token', expect.stringMatching(/^tok_/), 'DONE'],
      ['organization-command', 'create-organization', acme, 'DONE'],
    ]);
    expect(Date.parse(nodes[0]?.at ?? '')).toBeGreaterThanOrEqual(before);
  });

  it('tells what was refused and why, with an id only where it can be one', async () => {
    const unknown = newId('gitlabConnection');
    await disconnect(unknown);
    await disconnect('no such thing');
    await disconnect(unknown, 'VIEWER');
    await change(`createApiToken(name: "", role: OWNER) { userErrors { code } }`);
    await change(`createApiToken(name: "mine", role: OWNER) { userErrors { code } }`, 'OPERATOR');
    const { nodes } = await page(5);
    expect(nodes.map(({ action, target, outcome }) => [action, target, outcome])).toEqual([
      ['create-api-token', null, 'NOT_ALLOWED'],
      ['create-api-token', null, 'INVALID'],
      ['disconnect-gitlab', unknown, 'NOT_ALLOWED'],
      ['disconnect-gitlab', null, 'NOT_FOUND'],
      ['disconnect-gitlab', unknown, 'NOT_FOUND'],
    ]);
  });

  it.each(['VIEWER', 'OPERATOR'] as const)(
    'is refused to a %s, who gets the rest of the answer',
    async (role) => {
      const { data, errors } = await ask(role, LOG, { first: 1 });
      expect(errors).toMatchObject([
        { path: ['viewer', 'organization', 'auditLog'], extensions: { code: 'FORBIDDEN' } },
      ]);
      expect(data).toEqual({
        viewer: { name: 'spec', organization: { name: expect.any(String), auditLog: null } },
      });
    },
  );

  it("shows nothing of another organisation's", async () => {
    await connect('Ours');
    const { organizationId } = await world.organization();
    const { data } = await world.ask(world.caller(organizationId), LOG, { first: 100 });
    expect(JSON.stringify(data)).not.toContain('connect-gitlab');
    expect(JSON.stringify(data)).toContain(organizationId);
  });

  it('is walked to its end without gap or double while more is added', async () => {
    for (let i = 0; i < 5; i++) await disconnect(newId('gitlabConnection'));
    const all = (await page(100)).nodes;
    expect(all).toHaveLength(7);
    const seen: Entry[] = [];
    let after: string | null = null;
    for (let more = true; more;) {
      const { edges, nodes, pageInfo } = await page(2, after);
      expect(edges.map(({ node }) => node.action)).toEqual(nodes.map(({ action }) => action));
      expect(edges.at(-1)?.cursor).toBe(pageInfo.endCursor);
      seen.push(...nodes);
      ({ endCursor: after, hasNextPage: more } = pageInfo);
      await disconnect(newId('gitlabConnection'));
    }
    expect(seen).toEqual(all);
  });

  it.each([0, -1, 101])('refuses to give %i at a time', async (first) => {
    const { errors } = await ask('OWNER', LOG, { first });
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it.each(['zzz', 'eA', '%', '', randomBytes(9).toString('base64url')])(
    'refuses "%s" as a place to go on from',
    async (after) => {
      const { errors } = await ask('OWNER', LOG, { first: 2, after });
      expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    },
  );
});

describe('what another service tells', () => {
  const tell = (entryId: string, outcome = 'DONE') =>
    world.tell(topics.provisioningAudit, {
      ...{ entryId, organizationId: acme, at: timestampFromDate(new Date('2026-11-30T12:00:00Z')) },
      ...{ actor: 'ops', action: 'delete-runner-pool', target: newId('pool'), outcome },
    });
  const told = async () => (await page(20)).nodes.filter(({ action }) => action === 'delete-runner-pool');

  it('is in the log, with who did it, when, and what came of it', async () => {
    await tell(newId('event'), 'NOT_ALLOWED');
    await eventually(async () =>
      expect(await told()).toEqual([
        {
          ...{ at: '2026-11-30T12:00:00.000Z', actor: 'ops', action: 'delete-runner-pool' },
          ...{ target: expect.stringMatching(/^pool_/), outcome: 'NOT_ALLOWED' },
        },
      ]),
    );
  });

  it('is in it once, however often it is told', async () => {
    const entryId = newId('event');
    for (let time = 0; time < 3; time++) await tell(entryId);
    await tell(newId('event'));
    await eventually(async () => expect(await told()).toHaveLength(2));
  });
});
