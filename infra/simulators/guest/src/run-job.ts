import type { GitLab } from './gitlab.js';
import { traceAt, traceSummary } from './job-trace.js';
import type { Job } from './job.js';
import type { Machine } from './machine.js';
import { again, Again } from './patience.js';
import { planScript } from './run-script.js';
import type { Answer } from './voice.js';

const TRACE_INTERVAL_SECONDS = 3;
/** GitLab hears of a job at least so often, even when it writes nothing; so it can tell the runner to cancel. */
const SILENCE_SECONDS = 30;

/** Runs a job to its end, from wherever the disk says it is. */
export class JobRun {
  private lastSaid = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly machine: Pick<Machine, 'patience' | 'clock' | 'log'>,
    private readonly gitlab: GitLab,
    private readonly job: Job,
  ) {}

  async toItsEnd(): Promise<void> {
    await this.say(() => this.touch());
    while (!this.job.ended && this.elapsed() < this.job.plan.duration) {
      await this.say(() => this.speakUp());
      const left = (this.job.plan.duration - this.elapsed()) / 1000;
      if (left > 0) await this.machine.patience.pause(Math.min(TRACE_INTERVAL_SECONDS, left));
    }
    if (!this.job.ended) await this.finish();
    this.job.ended = true;
  }

  /** A word to GitLab that may be lost: the next one makes it good. */
  private async say(word: () => Promise<unknown>): Promise<void> {
    try {
      await word();
    } catch (error) {
      this.machine.log.debug({ err: error, jobId: this.job.id }, 'GitLab did not hear of the job');
    }
  }

  private async speakUp(): Promise<void> {
    const trace = traceAt(this.job, this.elapsed());
    if (trace.length > this.job.sent) await this.append(trace);
    else if (this.elapsed() - this.lastSaid >= SILENCE_SECONDS * 1000) await this.touch();
  }

  private async touch(): Promise<void> {
    this.heed(await this.gitlab.updateJob(this.job.id, this.job.token, { state: 'running' }));
  }

  private async append(trace: Buffer): Promise<Answer> {
    const { job } = this;
    const answer = await this.gitlab.appendTrace(job.id, job.token, job.sent, trace.subarray(job.sent));
    const [, size] = /^0-(\d+)$/.exec(String(answer.headers.range)) ?? [];
    if (answer.status === 202) job.sent = trace.length;
    // What was lost was the answer, or a part: GitLab says how much it has.
    if (answer.status === 416 && size !== undefined) job.sent = Math.min(Number(size), trace.length);
    this.heed(answer);
    return answer;
  }

  /** GitLab answers everything with what it thinks of the job. */
  private heed({ status, headers }: Answer): void {
    const said = headers['job-status'];
    if (status < 500) this.lastSaid = this.elapsed();
    if (status === 403 || status === 404 || said === 'canceled' || said === 'failed') this.abort();
    else if (said === 'canceling' && this.job.fate === 'runs') this.cancel();
  }

  private abort(): void {
    this.job.fate = 'aborted';
    this.job.ended = true;
  }

  /** The rest of the script is dropped; what runs always still runs. */
  private cancel(): void {
    const { job } = this;
    const now = this.elapsed();
    const after = planScript(
      job.steps.filter(({ when }) => when === 'always'),
      now,
    );
    const written = job.plan.lines.filter(({ at }) => at <= now);
    job.fate = 'canceled';
    job.plan = { lines: [...written, ...after.lines], duration: after.duration, exitCode: 1 };
  }

  private finish = (): Promise<boolean> =>
    this.machine.patience.until('the end of the job', async () => {
      const { job } = this;
      // Made anew at every try: a cancellation may still change how it ends.
      const trace = traceAt(job, Number.POSITIVE_INFINITY);
      if (job.sent < trace.length) {
        const answer = await this.append(trace);
        if (job.ended) return true;
        if (answer.status !== 202) return again(answer);
      }
      const answer = await this.gitlab.updateJob(job.id, job.token, ending(job, trace));
      if ([200, 403, 404].includes(answer.status)) return true;
      // Another trace is there than was sent: the whole of it is sent again.
      if (answer.status === 412) job.sent = 0;
      return answer.status === 202 || answer.status === 412 ? askedAgain(answer) : again(answer);
    });

  private elapsed = (): number => this.machine.clock.now().getTime() - Date.parse(this.job.startedAt);
}

/** The end was heard and not yet taken; GitLab says when it wants to hear of it again. */
function askedAgain({ status, headers }: Answer): Again {
  const seconds = Number(headers['x-gitlab-trace-update-interval']);
  return new Again(`answered ${status}`, seconds > 0 ? seconds : TRACE_INTERVAL_SECONDS);
}

function ending({ fate, plan }: Job, trace: Buffer): object {
  const output = traceSummary(trace);
  const told = { checksum: output.checksum, output, exit_code: plan.exitCode };
  if (plan.exitCode === 0) return { state: 'success', ...told };
  return {
    state: 'failed',
    failure_reason: fate === 'canceled' ? 'job_canceled' : 'script_failure',
    ...told,
  };
}
