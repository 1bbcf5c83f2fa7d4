import type { ControlPlane } from './control-plane.js';
import type { Job } from './job.js';
import type { Machine } from './machine.js';

/** What the agent asks for beside a token for the control plane itself. */
const CLOUDS = ['sts.amazonaws.com', 'api://AzureADTokenExchange'];
/** A token lives for five minutes. */
const PERIOD_SECONDS = 120;
const AGAIN_SECONDS = 1;
/** Real time, so that a fast clock does not become a flood. */
const FLOOR_MS = 2_000;

/**
 * Asks for all identity tokens of a job. Of the last only its subject is kept, and of the others nothing.
 *
 * @returns undefined where one was not given
 */
export async function askForTokens(
  { settings, log }: Pick<Machine, 'settings' | 'log'>,
  plane: ControlPlane,
): Promise<string | undefined> {
  let subject: string | undefined;
  try {
    for (const audience of [...CLOUDS, settings.origin]) subject = await subjectFor(audience, plane);
  } catch (error) {
    log.warn({ why: error instanceof Error ? error.message : 'unknown' }, 'the job has no identity token');
    return undefined;
  }
  return subject;
}

/** Keeps the tokens of a job fresh until it is over, as the agent does beside it. Ends without a word when the power is cut. */
export async function keepTokensFresh(machine: Machine, plane: ControlPlane, job: Job): Promise<void> {
  let wait = PERIOD_SECONDS;
  try {
    for (;;) {
      await machine.patience.pause(wait, FLOOR_MS);
      if (job.ended) return;
      wait = (await askForTokens(machine, plane)) ? PERIOD_SECONDS : AGAIN_SECONDS;
    }
  } catch {
    // Without power nothing has to be fresh.
  }
}

async function subjectFor(audience: string, plane: ControlPlane): Promise<string | undefined> {
  const answer = await plane.ask('GET', `/machine/v1/token?audience=${encodeURIComponent(audience)}`);
  if (answer.status !== 200) throw new Error(`answered ${answer.status}`);
  const { token } = JSON.parse(answer.body) as { token: string };
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as object;
  return 'sub' in claims ? String(claims.sub) : undefined;
}
