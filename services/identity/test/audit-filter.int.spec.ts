import { inOrganization } from '@cleanroom/persistence';
import type { Role } from '@cleanroom/kernel';
import { auditPage } from '../src/adapters/postgres/audit-page.js';
import type { AuditActorKind } from '../src/domain/audit-actor-kind.js';
import { IdentityWorld } from './identity-world.js';

const LOG = `query($first: Int!, $after: Cursor, $filter: AuditFilter) { viewer { organization {
  auditLog(first: $first, after: $after, filter: $filter) { edges { cursor } nodes { action } pageInfo { hasNextPage endCursor } } } } }`;

interface Log {
  edges: { cursor: string }[];
  nodes: { action: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
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

const ask = (variables: object, role: Role = 'OWNER') => world.ask(world.caller(acme, role), LOG, variables);
const page = async (first: number, after: string | null, filter: object | null): Promise<Log> => {
  const { data, errors } = await ask({ first, after, filter });
  expect(errors).toBeUndefined();
  return (data as unknown as { viewer: { organization: { auditLog: Log } } }).viewer.organization.auditLog;
};

describe('the audit log of some', () => {
  const wrote = (actor: string, action: string, times = 1) =>
    world.db.asAdmin(
      `INSERT INTO audit_log (organization_id, at, actor, action, subject)
       SELECT $1, now(), $2, $3, 'run_' || n FROM generate_series(1, $4) AS n`,
      [acme, actor, action, times],
    );
  const actionsOf = async (actorKinds: readonly AuditActorKind[] | null) =>
    (await page(100, null, { actorKinds })).nodes.map(({ action }) => action);
  const MADE = ['create-api-token', 'create-organization'];

  beforeEach(async () => {
    await wrote('machine', 'enrol-machine');
    await wrote('cleanroom', 'replace-static-ip');
    await wrote('machine', 'issue-workload-token');
    await wrote('machine', 'quarantine-machine');
    await wrote('cleanroom', 'refuse-enrolment');
    await wrote('ops', 'connect-gitlab');
  });

  it.each<[AuditActorKind[], string[]]>([
    [['PERSON'], ['connect-gitlab', ...MADE]],
    [['MACHINE'], ['issue-workload-token', 'enrol-machine']],
    [['SYSTEM'], ['refuse-enrolment', 'quarantine-machine', 'replace-static-ip']],
    [
      ['SYSTEM', 'PERSON'],
      ['connect-gitlab', 'refuse-enrolment', 'quarantine-machine', 'replace-static-ip', ...MADE],
    ],
  ])('has for %j what they did, and nothing else', async (actorKinds, actions) => {
    expect(await actionsOf(actorKinds)).toEqual(actions);
  });

  it('is that of all where nobody is named', async () => {
    const all = (await page(100, null, null)).nodes;
    expect(all).toHaveLength(8);
    for (const filter of [null, {}, { actorKinds: null }, { actorKinds: ['PERSON', 'MACHINE', 'SYSTEM'] }])
      expect((await page(100, null, filter)).nodes).toEqual(all);
  });

  it('hides nobody who calls a token after a machine', async () => {
    await wrote('machine', 'delete-runner-pool');
    await wrote('cleanroom', 'revoke-api-token');
    expect((await actionsOf(['PERSON'])).slice(0, 2)).toEqual(['revoke-api-token', 'delete-runner-pool']);
  });

  it('is walked to its end without gap or double while more is added to either side', async () => {
    for (let i = 0; i < 4; i++) {
      await wrote('machine', 'issue-workload-token', 3);
      await wrote('ops', 'disconnect-gitlab');
    }
    const filter = { actorKinds: ['PERSON'] };
    const all = (await page(100, null, filter)).edges;
    expect(all).toHaveLength(7);
    const seen: Log['edges'] = [];
    let after: string | null = null;
    for (let more = true; more;) {
      const { edges, pageInfo } = await page(2, after, filter);
      seen.push(...edges);
      ({ endCursor: after, hasNextPage: more } = pageInfo);
      await wrote('machine', 'issue-workload-token');
      await wrote('ops', 'disconnect-gitlab');
    }
    expect(seen).toEqual(all);
  });

  it.each<[AuditActorKind[]]>([[['PERSON']], [['SYSTEM']], [['PERSON', 'SYSTEM']], [['MACHINE']]])(
    'of %j is read in a few pages of the disk, however much the machines did',
    async (actorKinds) => {
      await wrote('machine', 'issue-workload-token', 50_000);
      await world.db.asAdmin('ANALYZE audit_log');
      const beforeId = String(Number.MAX_SAFE_INTEGER);
      const explained = await inOrganization(world.db, acme, (tx) =>
        auditPage(
          {
            query: (sql: string, values: unknown[]) =>
              tx.query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`, values),
          },
          { limit: 51, beforeId, actorKinds },
        ),
      );
      const [{ Plan: plan }] = (
        explained as never as [{ 'QUERY PLAN': [{ Plan: Record<string, number> }] }]
      )[0]['QUERY PLAN'];
      expect((plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0)).toBeLessThan(100);
    },
  );

  it.each([
    ['nobody', { actorKinds: [] }],
    ['a stranger', { actorKinds: ['STRANGER'] }],
    ['what it does not know', { actors: ['PERSON'] }],
  ])('is refused for %s', async (_, filter) => {
    const { errors } = await ask({ first: 2, filter });
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it('says where it was asked for nobody', async () => {
    const { errors } = await ask({ first: 2, filter: { actorKinds: [] } });
    expect(errors).toMatchObject([
      {
        path: ['viewer', 'organization', 'auditLog'],
        message: expect.stringContaining('"filter.actorKinds"'),
      },
    ]);
  });

  it('is for owners alone, too', async () => {
    const { errors } = await ask({ first: 2, filter: { actorKinds: ['PERSON'] } }, 'OPERATOR');
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});
