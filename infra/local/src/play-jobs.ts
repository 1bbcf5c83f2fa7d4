/** A quiet team: about a job every three minutes of virtual time, each of one to four minutes. */
const WORKLOAD = {
  rate: 20,
  durationSeconds: { min: 60, max: 240 },
  tags: ['linux'],
  projects: ['acme/web', 'acme/api'],
  seed: 1,
};

/** Asks the GitLab simulator to play jobs; `rate` is per virtual hour. */
export async function playJobs(gitlabUrl: string): Promise<void> {
  const response = await fetch(`${gitlabUrl}/_sim/workload`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(WORKLOAD),
  });
  if (!response.ok) throw new Error(`The GitLab simulator refused the workload: HTTP ${response.status}`);
}

/** Ends the workload of an earlier start. */
export async function stopJobs(gitlabUrl: string): Promise<void> {
  await fetch(`${gitlabUrl}/_sim/workload`, { method: 'DELETE' });
}
