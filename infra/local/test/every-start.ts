import { eventually } from './eventually.js';
import type { TestInstallation } from './installation.js';

const MINUTE_REAL_MS = 60_000;

/** What a pool does whose machines take one job after the other. Its pool is gone again afterwards. */
export const everyStart = (running: () => TestInstallation) => () => {
  let id = '';

  const facts = async () => {
    const { jobs, runners: gitlabRunners } = await running().gitlab.read();
    return {
      jobs,
      gitlabRunners: gitlabRunners.filter(({ tags }) => tags.includes('series')),
    };
  };
  const succeeds = (jobIds: readonly number[]) =>
    eventually(
      async () => (await running().gitlab.jobs(jobIds)).every(({ status }) => status === 'success'),
      { within: 3 * MINUTE_REAL_MS },
    );

  it('runs one job after the other on one generation of one machine, with one GitLab runner', async () => {
    const { viewer } = await running().ask<{
      viewer: { organization: Record<'hetznerProjects' | 'gitlabConnections', { id: string }[]> };
    }>(`{ viewer { organization { hetznerProjects { id } gitlabConnections { id } } } }`);
    const input = {
      name: 'series',
      hetznerProjectId: viewer.organization.hetznerProjects[0]?.id,
      gitlabConnectionId: viewer.organization.gitlabConnections[0]?.id,
      scope: { kind: 'PROJECT', fullPath: 'acme/web' },
      tags: ['series'],
      serverTypes: ['cx23'],
      locations: ['fsn1'],
      size: 1,
      freshMachine: 'EVERY_START',
    };
    const { createRunnerPool } = await running().ask<{
      createRunnerPool: { runnerPool: { id: string } };
    }>(
      `mutation($input: CreateRunnerPoolInput!) { createRunnerPool(input: $input) { runnerPool { id } userErrors { code } } }`,
      { input },
    );
    id = createRunnerPool.runnerPool.id;
    const jobs = { tags: ['series'], seconds: 20, count: 2 };
    const jobIds = await running().gitlab.queueJobs(jobs);
    await succeeds(jobIds);
    const { gitlabRunners } = await facts();
    expect(gitlabRunners.map((one) => [one.systemIds.length, one.jobIds])).toEqual([[1, jobIds]]);
    const { servers } = await running().hetzner.read();
    const own = servers.filter(({ labels }) => labels['cleanroom-pool'] === id);
    expect(own.map(({ rebuilds }) => rebuilds)).toEqual([[]]);
  }, 270_000);

  it('has the waiting GitLab runner take the jobs of new tags, on the machine that is there', async () => {
    await running().ask(
      `mutation($input: UpdateRunnerPoolInput!) { updateRunnerPool(input: $input) { userErrors { code } } }`,
      { input: { id, tags: ['other'] } },
    );
    await succeeds(await running().gitlab.queueJobs({ tags: ['other'], seconds: 20 }));
    const { gitlabRunners } = await facts();
    expect(gitlabRunners.map(({ jobIds }) => jobIds.length)).toEqual([3]);
    await running().ask(`mutation($id: ID!) { deleteRunnerPool(id: $id) { userErrors { code } } }`, {
      id,
    });
    await eventually(async () => (await running().hetzner.livingIps()).length === 0, { within: 90_000 });
    expect(await running().hetzner.livingServers()).toEqual([]);
    expect(await running().gitlab.livingRunners()).toEqual([]);
  }, 360_000);
};
