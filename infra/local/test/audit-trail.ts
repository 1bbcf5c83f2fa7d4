import { callOf, mutations } from './api-schema.js';
import { auditRows, PROJECT_TOKEN, type AuditRow } from './audit-rows.js';
import { eventually } from './eventually.js';
import { readFleet } from './fleet.js';
import type { TestInstallation } from './installation.js';

const LOG = `query($after: Cursor) { viewer { organization {
  auditLog(first: 100, after: $after, filter: { actorKinds: [PERSON] }) {
    nodes { actor action target outcome } pageInfo { hasNextPage endCursor } } } } }`;

interface Entry {
  actor: string;
  action: string;
  target: string | null;
  outcome: string;
}
interface Page {
  nodes: Entry[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** createApiToken is told as create-api-token. */
const actionOf = (mutation: string): string =>
  mutation.replace('GitLab', 'Gitlab').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** What mutations do that were given no more than they demand. */
const BARE: Readonly<Record<string, string>> = { assignSchedule: 'unassign-schedule' };

const ROLES = ['VIEWER', 'OPERATOR', 'OWNER'] as const;

/** That whoever changes something, or may not, is in the audit log with it, whichever mutation it is. */
export const auditTrail = (running: () => TestInstallation) => () => {
  /** Those of a token of ours: others of the installation's tests change things, too. */
  const entries = async (actor: string): Promise<Entry[]> => {
    const found: Entry[] = [];
    for (let after: string | null = null, more = true; more;) {
      type Answer = { viewer: { organization: { auditLog: Page } } };
      const answer: Answer = await running().ask<Answer>(LOG, { after });
      const { nodes, pageInfo } = answer.viewer.organization.auditLog;
      found.push(...nodes.filter((entry) => entry.actor === actor));
      ({ endCursor: after, hasNextPage: more } = pageInfo);
    }
    return found.reverse();
  };
  const tokenOf = async (name: string, role: string): Promise<string> => {
    const { createApiToken } = await running().ask<{ createApiToken: { secret: string } }>(
      `mutation { createApiToken(name: "${name}", role: ${role}) { secret userErrors { code } } }`,
    );
    return createApiToken.secret;
  };
  /** Other services tell of theirs by events: in which order they come is nobody's promise. */
  const sorted = (told: readonly object[]): string[] => told.map((one) => JSON.stringify(one)).sort();

  it.each(ROLES)(
    'tells of each mutation that a %s is refused, with the code',
    async (role) => {
      const actor = `refused ${role}`;
      const change = running().askAs(await tokenOf(actor, role));
      const expected: Entry[] = [];
      for (const field of mutations) {
        const { mutation, variables } = callOf(field);
        const { done } = await change<{ done: { userErrors: { code: string }[] } }>(mutation, variables);
        const [refusal] = done.userErrors;
        const action = BARE[field.name] ?? actionOf(field.name);
        if (refusal) expected.push({ actor, action, target: null, outcome: refusal.code });
      }
      expect(expected.length).toBeGreaterThan(role === 'OWNER' ? mutations.length / 2 : mutations.length - 1);
      await eventually(
        async () => {
          const told = (await entries(actor)).filter(({ outcome }) => outcome !== 'DONE');
          const withoutTarget = told.map((entry) => ({ ...entry, target: null }));
          expect(sorted(withoutTarget)).toEqual(sorted(expected));
        },
        { within: 60_000 },
      );
    },
    120_000,
  );

  it('tells which thing somebody was refused to change', async () => {
    const poolId = (await readFleet(running().ask))[0]?.pool.id ?? '';
    const tryIt = running().askAs(await tokenOf('refused at a pool', 'VIEWER'));
    await tryIt(`mutation { deleteRunnerPool(id: "${poolId}") { userErrors { code } } }`);
    await eventually(
      async () =>
        expect(await entries('refused at a pool')).toMatchObject([
          { action: 'delete-runner-pool', target: poolId, outcome: 'NOT_ALLOWED' },
        ]),
      { within: 60_000 },
    );
  }, 90_000);

  it('has a row for each mutation', () => {
    expect(Object.keys(auditRows).sort()).toEqual(mutations.map(({ name }) => name).sort());
  });

  it('tells of each mutation that is done, who did it and to what', async () => {
    const installation = running();
    const actor = 'trail';
    const change = installation.askAs(await tokenOf(actor, 'OWNER'));
    await installation.hetzner.call('PUT', 'tokens', { [PROJECT_TOKEN]: 'trail' });
    const made = await whatTheDemoHas(installation);
    const expected: Entry[] = [];
    for (const name of IN_ORDER) {
      const row = auditRows[name]!;
      if (row.target === 'runner') made.runner ??= await runnerOf(installation, made.pool ?? '');
      if (row.needs === 'an awake runner') await awake(installation, made.runner ?? '');
      await eventually(
        async () => Object.assign(made, await done(change, row, row.call(made, installation))),
        { within: 60_000, every: 500 },
      );
      const action = row.action ?? actionOf(name);
      expected.push({ actor, action, target: made[row.target] ?? '', outcome: 'DONE' });
    }
    await eventually(
      async () => {
        const told = (await entries(actor)).filter(({ outcome }) => outcome === 'DONE');
        expect(sorted(told)).toEqual(sorted(expected));
      },
      { within: 60_000 },
    );
  }, 300_000);
};

/** Where nothing is done to what is gone, or keeps others from going. */
const IN_ORDER = Object.keys(auditRows);

/** @throws where it was refused */
async function done(
  change: TestInstallation['ask'],
  { makes }: AuditRow,
  call: string,
): Promise<Record<string, string>> {
  const answer = await change<{ done: { userErrors: object[] } }>(
    `mutation { done: ${call} { ${makes?.select ?? ''} userErrors { code message path } } }`,
  );
  expect(answer.done.userErrors).toEqual([]);
  return makes ? { [makes.what]: /"id":"([^"]+)"/.exec(JSON.stringify(answer))?.[1] ?? '' } : {};
}

async function whatTheDemoHas({ ask }: TestInstallation): Promise<Record<string, string>> {
  type Ids = { id: string }[];
  const found = await ask<{
    viewer: { organization: { hetznerProjects: Ids; gitlabConnections: Ids } };
    schedules: { nodes: Ids };
  }>(
    '{ viewer { organization { hetznerProjects { id } gitlabConnections { id } } } schedules(first: 1) { nodes { id } } }',
  );
  const { hetznerProjects, gitlabConnections } = found.viewer.organization;
  return {
    demoProject: hetznerProjects[0]?.id ?? '',
    demoGitlab: gitlabConnections[0]?.id ?? '',
    demoSchedule: found.schedules.nodes[0]?.id ?? '',
  };
}

const runnerOf = ({ ask }: TestInstallation, poolId: string): Promise<string> =>
  eventually(
    async () =>
      (await readFleet(ask)).find(({ pool, staticIp }) => pool.id === poolId && staticIp)?.id ?? false,
    { within: 90_000 },
  );

const awake = ({ ask }: TestInstallation, runner: string): Promise<unknown> =>
  eventually(async () => (await readFleet(ask)).find(({ id }) => id === runner)?.machine?.serverId ?? false, {
    within: 120_000,
  });
