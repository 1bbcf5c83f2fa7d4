import type { GitLab } from './gitlab.js';
import type { Job, JobPayload } from './job.js';
import type { Machine } from './machine.js';
import { again, Again } from './patience.js';
import { planScript } from './run-script.js';

const CHECK_INTERVAL_SECONDS = 3;
/** `run-single` rests so long when GitLab does not take its token. */
const UNHEALTHY_SECONDS = 300;
const FLOOR_MS = 100;

/** Asks every three seconds for a job until there is one. */
export async function takeJob(
  { patience, clock, log }: Pick<Machine, 'patience' | 'clock' | 'log'>,
  gitlab: GitLab,
): Promise<Job> {
  for (;;) {
    const payload = await patience.until('a job', async () => {
      const answer = await gitlab.requestJob();
      if (answer.status === 201) return JSON.parse(answer.body) as JobPayload;
      if (answer.status === 204) return undefined;
      if (answer.status === 403) return new Again('the runner token is not valid', UNHEALTHY_SECONDS);
      return again(answer);
    });
    if (payload) {
      log.info({ jobId: payload.id }, 'took a job');
      return jobOf(payload, clock.now());
    }
    await patience.pause(CHECK_INTERVAL_SECONDS, FLOOR_MS);
  }
}

const jobOf = ({ id, token, steps }: JobPayload, now: Date): Job => ({
  id,
  token,
  startedAt: now.toISOString(),
  steps: [...(steps ?? [])],
  plan: planScript(steps ?? []),
  introduced: false,
  sent: 0,
  fate: 'runs',
  ended: false,
  reported: 'nothing',
});
