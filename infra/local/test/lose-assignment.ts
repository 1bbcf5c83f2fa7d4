import { eventually } from './eventually.js';
import type { TestInstallation } from './installation.js';

/**
 * Lets no answer arrive with which GitLab gives away jobs, until it has given away one. For GitLab those run, and nobody
 * works on them. Returns them all: other jobs may have been given away meanwhile.
 */
export async function loseAssignment({ gitlab, system }: TestInstallation): Promise<number[]> {
  const from = new Date(Math.floor(system.clock.now().getTime() / 1_000) * 1_000);
  const { number } = await gitlab.injectFault({ operation: 'request_job', mode: 'lose_answer' });
  const [own] = await gitlab.queueJobs({ seconds: 1 });
  const given = async () =>
    (await gitlab.allJobs()).filter(
      ({ status, pickedAt }) => status === 'running' && pickedAt !== null && new Date(pickedAt) >= from,
    );
  try {
    // Where everything is being killed nobody may come for it; then it is done like any other, and nothing was lost.
    await eventually(async () => (await given()).some(({ jobId }) => jobId === own), {
      within: 120_000,
    }).catch(() => undefined);
  } finally {
    await gitlab.call('DELETE', `faults/${number}`);
  }
  return (await given()).map(({ jobId }) => jobId);
}
