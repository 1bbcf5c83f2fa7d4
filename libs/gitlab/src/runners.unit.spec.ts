import { GitLabError } from './gitlab-error.js';
import { createRunnerCalls } from './runners.js';

const denied = async (): Promise<never> => {
  throw new GitLabError('404 Not Found', { kind: 'not-found', operation: 'GET', status: 404 });
};
const details = {
  ...{ id: 7, description: 'cr-1', runnerType: 'group_type', paused: false, online: true, status: 'online' },
  ...{ tagList: [], runUntagged: true, accessLevel: 'not_protected', locked: false },
};

/** A GitLab that denies the jobs of a runner. */
const jobsWhere = (show: () => Promise<unknown>) => {
  const runners = { allJobs: denied, show };
  return createRunnerCalls({ runners, users: {} } as never).runningJobsOfRunner(7);
};

describe('the jobs of a runner that GitLab denies', () => {
  it('are none where it denies the runner as well', async () => {
    await expect(jobsWhere(denied)).resolves.toEqual([]);
  });

  it('are unknown where the runner is there: its machine is not to be taken for idle', async () => {
    await expect(jobsWhere(async () => details)).rejects.toThrow('its jobs are not shown');
  });
});
