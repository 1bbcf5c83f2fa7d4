import type { Clock, Log } from '@cleanroom/kernel';
import { GitLab } from '../gitlab.js';
import type { RunnerConfig } from '../guest-disk.js';
import type { Job } from '../job.js';
import type { Patience } from '../patience.js';
import { JobRun } from '../run-job.js';
import { takeJob } from '../take-job.js';
import type { Voice } from '../voice.js';
import type { AgentDisk } from './agent-disk.js';
import { systemIdOf } from './system-id.js';

export interface SingleRun {
  /** Content of config.toml. */
  readonly config: string;
  /** 0 is no limit. */
  readonly maxBuilds: number;
  /** Writes a line of the JSON log. */
  readonly say: (line: object) => void;
  readonly disk: AgentDisk;
  readonly address: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly patience: Patience;
  readonly voice: Voice;
  /** Can still speak when the program was asked to end. */
  readonly last: Voice;
  readonly power: AbortSignal;
}

const TOKEN_FILE = 'run/cleanroom/identity/cleanroom';
/** Real time that config.toml's `pre_build_script` waits for the tokens, and how often it looks. */
const TOKEN_TRIES = 100;
const TOKEN_EVERY_MS = 100;

/**
 * `gitlab-runner run-single --max-builds N`: asks for a job until there is one and runs it, until it had so many. It does
 * not verify the runner first, as `run-single` does not.
 *
 * @throws Error where config.toml names no GitLab or no token
 */
export async function runSingle(run: SingleRun): Promise<void> {
  const { disk, maxBuilds } = run;
  const runner = { ...runnerOf(run.config), maxBuilds };
  const systemId = systemIdOf(disk.read('etc/machine-id'));
  const speak = (by: Voice): GitLab => new GitLab(by, runner, systemId, 'stand-in');
  for (let builds = 0; maxBuilds === 0 || builds < maxBuilds; builds += 1) await oneJob(run, runner, speak);
}

async function oneJob(run: SingleRun, { token }: RunnerConfig, speak: (by: Voice) => GitLab): Promise<void> {
  const { voice, last, log } = run;
  const job = await takeJob(run, speak(voice));
  const say = (level: string, msg: string, facts: object = {}): void =>
    run.say({
      job: job.id,
      level,
      msg,
      runner: token.slice(0, 9),
      time: new Date().toISOString(),
      ...facts,
    });
  say('info', 'Checking for jobs... received');
  try {
    await introduce(run, job);
    await new JobRun(run, speak(voice), job).toItsEnd();
  } catch (error) {
    if (!run.power.aborted) await giveUp(speak(last), job, log);
    throw error;
  }
  sayEnd(say, job);
}

type Say = (level: string, msg: string, facts?: object) => void;

/** The last line of a job, with the fields that gitlab-runner gives it. */
function sayEnd(say: Say, { fate, plan }: Job): void {
  if (fate === 'runs' && plan.exitCode === 0)
    return say('info', 'Job succeeded', { 'job-status': 'success' });
  const [why, reason] =
    fate === 'runs' ? [`exit code ${plan.exitCode}`, 'script_failure'] : ['canceled', 'job_canceled'];
  const facts = { 'job-status': 'failed', failure_reason: reason, exit_code: plan.exitCode, error: why };
  return say('warning', `Job failed: ${why}`, facts);
}

function runnerOf(config: string) {
  const [gitlabUrl, token, id] = ['url = "(.+)"', 'token = "(.+)"', 'id = ([0-9]+)'].map(
    (setting) => new RegExp(`^\\s*${setting}$`, 'm').exec(config)?.[1],
  );
  if (!gitlabUrl || !token || !id) throw new Error('config.toml names no GitLab, no runner or no token');
  return { gitlabUrl, token, runnerId: Number(id) };
}

/** At the head of the trace: where the job runs, and as whom, as the token that the agent put there says. */
async function introduce({ disk, address, patience, log }: SingleRun, job: Job): Promise<void> {
  const subject = await subjectOf(disk, patience);
  if (!subject) log.warn({ jobId: job.id }, 'the job has no identity token');
  const text = [
    'Running with gitlab-runner (stand-in), started by the agent\n',
    `  from ${address}\n`,
    `  as ${subject ?? 'nobody: there is no identity token'}\n`,
  ].join('');
  job.plan = { ...job.plan, lines: [{ at: 0, text }, ...job.plan.lines] };
}

async function subjectOf(disk: AgentDisk, patience: Patience): Promise<string | undefined> {
  for (let tries = 0; tries < TOKEN_TRIES; tries += 1) {
    if (disk.list('run/cleanroom/identity').includes('cleanroom')) {
      const claims = disk.read(TOKEN_FILE).split('.')[1] ?? '';
      return (JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as { sub?: string }).sub;
    }
    await patience.pause(0, TOKEN_EVERY_MS);
  }
  return undefined;
}

/** A runner that is asked to end fails its job, as far as GitLab still listens. */
async function giveUp(gitlab: GitLab, { id, token }: Job, log: Log): Promise<void> {
  const update = { state: 'failed', failure_reason: 'runner_system_failure' };
  const answer = await gitlab.updateJob(id, token, update).catch(() => undefined);
  log.info({ jobId: id, heard: answer?.status ?? null }, 'the job was given up');
}
