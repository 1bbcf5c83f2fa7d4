import type { Log } from '@cleanroom/kernel';
import type { ControlPlane } from './control-plane.js';
import { again } from './patience.js';
import type { Patience } from './patience.js';

/** What the agent tells the control plane of its work. */
export interface Report {
  readonly event: 'runner-started' | 'job-started' | 'job-finished';
  readonly jobId?: number;
  readonly exitCode?: number;
}

/** Sends reports one after the other, each until it is heard; nobody has to wait for that. */
export class Reports {
  private last: Promise<boolean> = Promise.resolve(true);

  constructor(
    private readonly plane: ControlPlane,
    private readonly patience: Patience,
    private readonly log: Log,
  ) {}

  /** Resolves when it and all before it were heard; with false where one was refused. @throws GenerationOver */
  send(report: Report): Promise<boolean> {
    this.last = this.last.then(async (before) => (await this.deliver(report)) && before);
    // Who does not wait hears of a failure with the next report.
    this.last.catch(() => undefined);
    return this.last;
  }

  private deliver = (report: Report): Promise<boolean> =>
    this.patience.until(report.event, async () => {
      const answer = await this.plane.ask('POST', '/machine/v1/report', report);
      if (answer.status < 300) return true;
      if (answer.status !== 401 && answer.status !== 429 && answer.status < 500) {
        this.log.warn({ event: report.event, status: answer.status }, 'a report was refused');
        return false;
      }
      return again(answer);
    });
}
