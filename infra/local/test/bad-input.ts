import { byId, createPoolWith, type Ids, type Row } from './bad-input-row.js';
import { changedRows } from './bad-input-changed-rows.js';
import { firstRows } from './bad-input-first-rows.js';
import { moreRows } from './bad-input-more-rows.js';
import { mutations } from './api-schema.js';
import { stateOf } from './api-state.js';
import { foreignIds, OVERRIDE } from './foreign-ids.js';
import type { TestInstallation } from './installation.js';

interface UserError {
  code: string;
  path: string[] | null;
}

/** That bad input is refused. Changes nothing in the installation that it is tried on. */
export const badInput = (running: () => TestInstallation) => () => {
  let installation: TestInstallation;
  let ids: Ids;
  /** As it was at the beginning and must be to the end. */
  let before: object[];

  beforeAll(async () => {
    installation = running();
    await foreseeAnOverride(installation);
    ids = await readIds(installation);
    before = await everything();
  }, 270_000);

  const variablesOf = (row: Row): Record<string, unknown> => {
    const variables = row.variables?.(ids) ?? {};
    const input = variables.input as Record<string, unknown> | undefined;
    // The simulators' addresses are known only now.
    if (input?.apiToken) input.endpoint = installation.demo.hetznerUrl;
    if (input?.accessToken) input.url = installation.demo.gitlabUrl;
    return variables;
  };
  const refusalsOf = async (token: string, row: Row): Promise<string[]> => {
    type Payload = { done: { userErrors: UserError[] } };
    const { done } = await installation.askAs(token)<Payload>(row.mutation, variablesOf(row));
    return done.userErrors.map(({ code, path }) => `${code} ${path?.join('.') ?? ''}`.trim());
  };
  const everything = () => stateOf(installation);
  const onEachMutation = [...firstRows, ...moreRows];
  const rows = [...onEachMutation, ...changedRows];

  it('is tried on each mutation', () => {
    const tried = onEachMutation.map(({ mutation }) => /done: (\w+)/.exec(mutation)?.[1]);
    expect(mutations.map(({ name }) => name).filter((name) => !tried.includes(name))).toEqual([]);
  });

  it.each(rows)('refuses $title with a code and a path, and changes nothing', async (row) => {
    expect(await refusalsOf(installation.demo.apiToken, row)).toEqual(row.refusals);
    expect(await everything()).toEqual(before);
  });

  it.each(onEachMutation)('lets no VIEWER do it either: $title', async (row) => {
    expect(await refusalsOf(installation.demo.viewerToken, row)).toEqual(['NOT_ALLOWED']);
  });

  const NEW_POLICY = 'input: { name: "x" }';
  const NEW_SCHEDULE = 'input: { name: "x", timeZone: "UTC", windows: [] }';

  it.each(foreignIds)('knows nothing of another organisation in $field', async ({ field, id, path }) => {
    expect(await refusalsOf(installation.demo.otherOrgToken, byId('', field, ids[id]))).toEqual([
      `NOT_FOUND ${path}`,
    ]);
    expect(await everything()).toEqual(before);
  });

  it('refuses to keep a runner awake until some day', async () => {
    const row = byId('', 'wakeRunner(id: $id, until: "some day")', ids.runner);
    expect(await refusalsOf(installation.demo.apiToken, row)).toEqual(['INVALID until']);
    expect(await everything()).toEqual(before);
  });

  it('knows nothing of a schedule of another organisation', async () => {
    const row = byId('', 'assignSchedule(scheduleId: $id, poolId: $id)', ids.schedule);
    const refusals = await refusalsOf(installation.demo.otherOrgToken, row);
    expect(refusals).toEqual(['NOT_FOUND scheduleId', 'NOT_FOUND poolId']);
  });

  it('knows nothing of another organisation in a new pool', async () => {
    const row = createPoolWith('foreign connections', {});
    const refusals = await refusalsOf(installation.demo.otherOrgToken, row);
    expect(refusals).toEqual(['NOT_FOUND input.hetznerProjectId', 'NOT_FOUND input.gitlabConnectionId']);
  });

  it('gives no policy and no schedule of its own to a pool of another organisation', async () => {
    const { otherOrgToken } = installation.demo;
    const other = installation.askAs(otherOrgToken);
    const made = await other<Record<'policy' | 'schedule', Record<string, { id: string }>>>(
      `mutation { policy: createFirewallPolicy(${NEW_POLICY}) { firewallPolicy { id } }
        schedule: createSchedule(${NEW_SCHEDULE}) { schedule { id } } }`,
    );
    const [policy, schedule] = [made.policy.firewallPolicy?.id, made.schedule.schedule?.id];
    for (const field of [
      `assignFirewallPolicy(policyId: "${policy}", poolId: $id)`,
      `unassignFirewallPolicy(policyId: "${policy}", poolId: $id)`,
      `assignSchedule(scheduleId: "${schedule}", poolId: $id)`,
    ])
      expect(await refusalsOf(otherOrgToken, byId('', field, ids.pool))).toEqual(['NOT_FOUND poolId']);
    await other(
      `mutation { deleteFirewallPolicy(id: "${policy}") { deletedId } deleteSchedule(id: "${schedule}") { deletedId } }`,
    );
    expect(await everything()).toEqual(before);
  });
};

/** Of a day so far away that it changes nothing. */
async function foreseeAnOverride({ ask }: TestInstallation): Promise<void> {
  const { schedules } = await ask<{ schedules: { nodes: { id: string }[] } }>(
    '{ schedules(first: 1) { nodes { id } } }',
  );
  await ask(`mutation($id: ID!) { overrideSchedule(scheduleId: $id, ${OVERRIDE}) { userErrors { code } } }`, {
    id: schedules.nodes[0]?.id,
  });
}

async function readIds({ ask }: TestInstallation): Promise<Ids> {
  type Nodes = { nodes: { id: string }[] };
  const found = await ask<{
    viewer: {
      organization: {
        hetznerProjects: { id: string }[];
        gitlabConnections: { id: string }[];
        apiTokens: { id: string }[];
      };
    };
    runnerPools: Nodes;
    runners: Nodes;
    firewallPolicies: Nodes;
    schedules: { nodes: { id: string; overrides: { id: string }[] }[] };
  }>(`{ viewer { organization { hetznerProjects { id } gitlabConnections { id } apiTokens { id } } } runnerPools(first: 1) { nodes { id } }
      runners(first: 1) { nodes { id } } firewallPolicies(first: 1) { nodes { id } } schedules(first: 1) { nodes { id overrides { id } } } }`);
  const first = ({ nodes }: Nodes) => nodes[0]?.id ?? '';
  return {
    pool: first(found.runnerPools),
    runner: first(found.runners),
    policy: first(found.firewallPolicies),
    schedule: first(found.schedules),
    override: found.schedules.nodes[0]?.overrides[0]?.id ?? '',
    hetznerProject: found.viewer.organization.hetznerProjects[0]?.id ?? '',
    token: found.viewer.organization.apiTokens[0]?.id ?? '',
    gitlab: found.viewer.organization.gitlabConnections[0]?.id ?? '',
  };
}
