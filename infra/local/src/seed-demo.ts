import { setTimeout as sleep } from 'node:timers/promises';
import { GraphqlFailed, type AskGraphql } from './graphql-client.js';

interface UserError {
  code: string;
  message: string;
  path: string[];
}

interface Existing {
  viewer: { organization: { hetznerProjects: { id: string }[]; gitlabConnections: { id: string }[] } };
  firewallPolicies: { nodes: { id: string }[] };
  schedules: { nodes: { id: string }[] };
  runnerPools: { nodes: { id: string }[] };
}

export interface DemoPlaces {
  hetznerUrl: string;
  hetznerToken: string;
  gitlabUrl: string;
  gitlabToken: string;
}

const EXISTING = `query Existing {
  viewer { organization { hetznerProjects { id } gitlabConnections { id } } }
  firewallPolicies(first: 1) { nodes { id } }
  schedules(first: 1) { nodes { id } }
  runnerPools(first: 1) { nodes { id } }
}`;

/** On a busy computer a service that only is slow may seem away for a moment; real time. */
const PATIENCE_MS = 60_000;
const TRY_AGAIN_AFTER_MS = 1_000;

/**
 * Makes what a new team would make, over the public API. What an earlier start made already is left alone, and so is
 * whatever pool there is.
 *
 * @returns whether a pool was made
 */
export async function seedDemo(ask: AskGraphql, places: DemoPlaces): Promise<boolean> {
  const deadline = performance.now() + PATIENCE_MS;
  const progress = { poolBegun: false };
  for (;;)
    try {
      return await seedRest(ask, places, progress);
    } catch (error) {
      const isAway = error instanceof GraphqlFailed && error.codes.includes('SERVICE_UNAVAILABLE');
      if (!isAway || performance.now() > deadline) throw error;
      await sleep(TRY_AGAIN_AFTER_MS);
    }
}

/** Can be done again wherever it broke off: what is there is found. */
async function seedRest(
  ask: AskGraphql,
  places: DemoPlaces,
  progress: { poolBegun: boolean },
): Promise<boolean> {
  const found = await ask<Existing>(EXISTING);
  const { organization } = found.viewer;
  const hetznerProjectId = organization.hetznerProjects[0]?.id ?? (await connectHetzner(ask, places));
  const gitlabConnectionId = organization.gitlabConnections[0]?.id ?? (await connectGitLab(ask, places));
  const policyId = found.firewallPolicies.nodes[0]?.id ?? (await createPolicy(ask));
  const scheduleId = found.schedules.nodes[0]?.id ?? (await createSchedule(ask));
  const [pool] = found.runnerPools.nodes;
  if (pool && !progress.poolBegun) return false;
  progress.poolBegun = true;
  const poolId = pool?.id ?? (await createPool(ask, { hetznerProjectId, gitlabConnectionId }));
  await assign(ask, { policyId, scheduleId, poolId });
  return true;
}

const connectHetzner = (ask: AskGraphql, { hetznerUrl, hetznerToken }: DemoPlaces) =>
  mutate(
    ask,
    `mutation($input: ConnectHetznerProjectInput!) {
      connectHetznerProject(input: $input) { made: hetznerProject { id } userErrors { code message path } } }`,
    { input: { name: 'Demo project', apiToken: hetznerToken, endpoint: hetznerUrl } },
  );

const connectGitLab = (ask: AskGraphql, { gitlabUrl, gitlabToken }: DemoPlaces) =>
  mutate(
    ask,
    `mutation($input: ConnectGitLabInput!) {
      connectGitLab(input: $input) { made: gitlab { id } userErrors { code message path } } }`,
    { input: { name: 'Demo GitLab', url: gitlabUrl, accessToken: gitlabToken } },
  );

const createPolicy = (ask: AskGraphql) =>
  mutate(
    ask,
    `mutation($input: FirewallPolicyInput!) {
      createFirewallPolicy(input: $input) { made: firewallPolicy { id } userErrors { code message path } } }`,
    {
      input: {
        name: 'Web only',
        outbound: [
          { protocol: 'TCP', ports: '443', cidrs: ['0.0.0.0/0', '::/0'], description: 'HTTPS' },
          { protocol: 'TCP', ports: '80', cidrs: ['0.0.0.0/0', '::/0'], description: 'HTTP' },
        ],
      },
    },
  );

const createSchedule = (ask: AskGraphql) =>
  mutate(
    ask,
    `mutation($input: ScheduleInput!) {
      createSchedule(input: $input) { made: schedule { id } userErrors { code message path } } }`,
    {
      input: {
        name: 'Office hours',
        timeZone: 'Europe/Berlin',
        windows: [
          {
            days: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'],
            start: '08:00',
            end: '18:00',
            warm: 1,
          },
        ],
      },
    },
  );

const createPool = (ask: AskGraphql, ids: { hetznerProjectId: string; gitlabConnectionId: string }) =>
  mutate(
    ask,
    `mutation($input: CreateRunnerPoolInput!) {
      createRunnerPool(input: $input) { made: runnerPool { id } userErrors { code message path } } }`,
    {
      input: {
        name: 'linux',
        ...ids,
        scope: { kind: 'GROUP', fullPath: 'acme' },
        tags: ['linux'],
        serverTypes: ['cx23', 'cpx22'],
        locations: ['fsn1', 'nbg1', 'hel1'],
        size: 4,
      },
    },
  );

async function assign(
  ask: AskGraphql,
  ids: { policyId: string; scheduleId: string; poolId: string },
): Promise<void> {
  const { policyId, scheduleId, poolId } = ids;
  await mutate(
    ask,
    `mutation($policyId: ID!, $poolId: ID!) {
      assignFirewallPolicy(policyId: $policyId, poolId: $poolId) { made: firewallPolicy { id } userErrors { code message path } } }`,
    { policyId, poolId },
  );
  await mutate(
    ask,
    `mutation($scheduleId: ID, $poolId: ID!) {
      assignSchedule(scheduleId: $scheduleId, poolId: $poolId) { made: schedule { id } userErrors { code message path } } }`,
    { scheduleId, poolId },
  );
}

async function mutate(ask: AskGraphql, query: string, variables: Record<string, unknown>): Promise<string> {
  type Payload = { made: { id: string } | null; userErrors: UserError[] };
  const [payload] = Object.values(await ask<Record<string, Payload>>(query, variables));
  if (payload?.made && payload.userErrors.length === 0) return payload.made.id;
  const reasons = payload?.userErrors.map(
    ({ code, message, path }) => `${code} ${path.join('.')}: ${message}`,
  );
  throw new Error(`The demo could not be seeded: ${reasons?.join('; ') ?? 'no answer'}`);
}
