import { setTimeout as sleep } from 'node:timers/promises';
import { gitlabMark } from '@cleanroom/provisioning/domain/server-name';
import type { Chore, Ids } from './chore.js';
import { connectAnotherProject, connectGitLab } from './connection-chores.js';
import { changeRules, openServer, takeAwaySelector } from './firewall-chores.js';
import { readFleet } from './fleet.js';
import { loseAssignment } from './lose-assignment.js';
import type { TestInstallation } from './installation.js';

const PAUSE_MS = 500;
const PROJECT = 'acme/web';
const JOB_EVERY_ROUNDS = 4;
/** Each costs a machine a minute of real time. */
const assignmentsLostIn = [4, 100];
/** Fewer than there are runners: some must be idle for what is done to an idle one. */
const MOST_JOBS = 3;

interface Work {
  /** Jobs that are to be done. */
  readonly jobIds: number[];
  /** Jobs that GitLab gave away in answers which never arrived. */
  readonly lost: number[];
}

/**
 * Gives an installation all kinds of work, over and over, so that every outside call is made again and again: jobs,
 * drains, new pools, changed policies and tags, connections that come and go, and lost answers of what must not be done
 * twice. Whatever one round cannot do because a service is down, the next one does.
 */
export async function keepWorking(installation: TestInstallation): Promise<{ stop(): Promise<Work> }> {
  const found = await readIds(installation);
  const ids = { ...found, restingPoolId: await makePool(installation, found, 'resting') };
  const jobIds: number[] = [];
  const lost: number[] = [];
  let stopping = false;
  const working = (async () => {
    for (let round = 0; !stopping; round++) {
      if (
        round % JOB_EVERY_ROUNDS === 0 &&
        (await undone(
          installation,
          jobIds.filter((id) => !lost.includes(id)),
        )) < MOST_JOBS
      )
        jobIds.push(...(await installation.gitlab.queueJobs({ seconds: 20 })));
      // Every round, because it takes a runner that is idle by then for GitLab to be told.
      await changeTags(installation, ids, round).catch(() => undefined);
      const chores: Chore[] = [
        drainSomebody,
        changePolicies,
        makeAndDeletePool,
        loseAnswers,
        deleteAnAddress,
        stripLabels,
        (at, { poolId }, turn) => changeRules(at, poolId, turn),
        takeAwaySelector,
        openServer,
        leaveAGitLabRunner,
        connectAnotherProject,
        connectGitLab,
      ];
      const turn = Math.floor(round / chores.length);
      await chores[round % chores.length]?.(installation, ids, turn).catch(() => undefined);
      if (assignmentsLostIn.includes(round)) lost.push(...(await loseAssignment(installation)));
      await sleep(PAUSE_MS);
    }
    await installation.hetzner.removeFaults();
    await installation.gitlab.removeFaults();
  })();
  return {
    stop: async () => {
      stopping = true;
      await working;
      return { jobIds: jobIds.filter((id) => !lost.includes(id)), lost };
    },
  };
}

const undone = async ({ gitlab }: TestInstallation, jobIds: readonly number[]): Promise<number> =>
  (await gitlab.jobs(jobIds)).filter(({ status }) => status !== 'success').length;

const drainSomebody: Chore = async ({ ask }) => {
  const idle = (await readFleet(ask)).find(({ state }) => state === 'IDLE');
  if (idle) await ask(`mutation($id: ID!) { drainRunner(id: $id) { userErrors { code } } }`, { id: idle.id });
};

const changePolicies: Chore = async ({ ask }, { policyId, poolId }, turn) => {
  const change = turn % 2 === 0 ? 'unassignFirewallPolicy' : 'assignFirewallPolicy';
  await ask(
    `mutation($policyId: ID!, $poolId: ID!) { ${change}(policyId: $policyId, poolId: $poolId) { userErrors { code } } }`,
    { policyId, poolId },
  );
};

/** Always with the tag that the jobs have. */
const changeTags: Chore = async ({ ask }, { poolId }, round) => {
  const input = { id: poolId, tags: ['linux', `round-${round}`] };
  await ask(
    `mutation($input: UpdateRunnerPoolInput!) { updateRunnerPool(input: $input) { userErrors { code } } }`,
    { input },
  );
};

const makeAndDeletePool: Chore = async (installation, ids, turn) => {
  const id = await makePool(installation, ids, `side-${turn}`);
  await installation.ask(`mutation($id: ID!) { deleteRunnerPool(id: $id) { userErrors { code } } }`, { id });
};

/** A pool of one runner, with a tag that no job has. */
async function makePool(
  { ask }: TestInstallation,
  { hetznerProjectId, gitlabConnectionId }: Pick<Ids, 'hetznerProjectId' | 'gitlabConnectionId'>,
  name: string,
): Promise<string> {
  const input = {
    name,
    hetznerProjectId,
    gitlabConnectionId,
    scope: { kind: 'PROJECT', fullPath: PROJECT },
    tags: ['side'],
    serverTypes: ['cx23'],
    locations: ['fsn1'],
    size: 1,
  };
  const { createRunnerPool } = await ask<{ createRunnerPool: { runnerPool: { id: string } | null } }>(
    `mutation($input: CreateRunnerPoolInput!) { createRunnerPool(input: $input) { runnerPool { id } userErrors { code } } }`,
    { input },
  );
  return createRunnerPool.runnerPool?.id ?? '';
}

/** What must never be done twice, and every deletion. */
export const losableAnswers = {
  hetzner: [
    'create_server',
    'rebuild_server',
    'create_primary_ip',
    'delete_server',
    'delete_primary_ip',
    'delete_firewall',
  ],
  gitlab: ['create_runner', 'delete_runner'],
};

/** One lost answer of each: those that nobody has met would else become more and more. */
const loseAnswers: Chore = async ({ hetzner, gitlab }) => {
  await Promise.all([hetzner.removeFaults(), gitlab.removeFaults()]);
  for (const operation of losableAnswers.hetzner)
    await hetzner.injectFault({ operation, mode: 'lose_answer', times: 1 });
  for (const operation of losableAnswers.gitlab)
    await gitlab.injectFault({ operation, mode: 'lose_answer', times: 1 });
};

/**
 * What a customer may do in the console; Hetzner refuses it while a server has the address. Only the address that the
 * runner is known to have: one whose order lost its answer, gone before anybody saw it, can have no meter.
 */
const deleteAnAddress: Chore = async ({ ask, demo: { hetznerUrl, hetznerToken } }, { restingPoolId }) => {
  const asleep = (await readFleet(ask)).find(({ pool }) => pool.id === restingPoolId);
  // One at a time: many at once are believed to be gone only after a while.
  if (!asleep?.staticIp) return;
  const headers = { authorization: `Bearer ${hetznerToken}` };
  const listed = await fetch(`${hetznerUrl}/primary_ips?name=cr-ip-${asleep.id.replace('run_', '')}`, {
    headers,
  });
  const { primary_ips } = (await listed.json()) as { primary_ips: { id: number; ip: string }[] };
  for (const { id, ip } of primary_ips)
    if (ip === asleep.staticIp.address)
      await fetch(`${hetznerUrl}/primary_ips/${id}`, { method: 'DELETE', headers });
};

/** What a customer may do in the console, too: the server is in no list by our labels then, and yet there. */
const stripLabels: Chore = async ({ ask, demo: { hetznerUrl, hetznerToken } }) => {
  const serverId = (await readFleet(ask)).find(({ state }) => state === 'IDLE')?.machine?.serverId;
  if (!serverId) return;
  const headers = { authorization: `Bearer ${hetznerToken}`, 'content-type': 'application/json' };
  await fetch(`${hetznerUrl}/servers/${serverId}`, { method: 'PUT', headers, body: '{"labels":{}}' });
};

/** As if an answer had been lost for good. One at a time: many that nobody knows are left alone. */
const leaveAGitLabRunner: Chore = async ({ demo, gitlab, system }) => {
  const maintenance_note = gitlabMark(system.folder.state.installation, 'mch_unknown', 1);
  const { runners } = await gitlab.read();
  if (runners.some((one) => one.maintenanceNote === maintenance_note && one.deletedAt === null)) return;
  const atGitLab = async (path: string, body?: object) => {
    const headers = { 'private-token': demo.gitlabToken, 'content-type': 'application/json' };
    const call = body ? { method: 'POST', body: JSON.stringify(body), headers } : { headers };
    return (await fetch(`${demo.gitlabUrl}/api/v4/${path}`, call)).json() as Promise<{ id: number }>;
  };
  const { id: project_id } = await atGitLab(`projects/${encodeURIComponent(PROJECT)}`);
  const place = { runner_type: 'project_type', project_id };
  await atGitLab('user/runners', { ...place, description: 'cr-mch_unknown-g1', maintenance_note });
};

async function readIds({ ask }: TestInstallation): Promise<Omit<Ids, 'restingPoolId'>> {
  const found = await ask<{
    viewer: { organization: { hetznerProjects: { id: string }[]; gitlabConnections: { id: string }[] } };
    firewallPolicies: { nodes: { id: string }[] };
    runnerPools: { nodes: { id: string }[] };
  }>(
    `{ viewer { organization { hetznerProjects { id } gitlabConnections { id } } }
       firewallPolicies(first: 1) { nodes { id } } runnerPools(first: 1) { nodes { id } } }`,
  );
  return {
    hetznerProjectId: found.viewer.organization.hetznerProjects[0]?.id ?? '',
    gitlabConnectionId: found.viewer.organization.gitlabConnections[0]?.id ?? '',
    policyId: found.firewallPolicies.nodes[0]?.id ?? '',
    poolId: found.runnerPools.nodes[0]?.id ?? '',
  };
}
