import type { ControlPlane } from './control-plane.js';
import { orRefused } from './patience.js';
import type { Patience } from './patience.js';

/** What the agent tells the control plane of its work. */
export interface Report {
  readonly event: 'RUNNER_STARTED' | 'JOB_STARTED' | 'RUNNER_EXITED';
  readonly gitlabJobId?: number;
  readonly exitCode?: number;
}

/** Sends reports one after the other, each until it is heard; nobody has to wait for that. */
export class Reports {
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly plane: ControlPlane,
    private readonly patience: Patience,
  ) {}

  /** Resolves when it and all before it were heard. @throws TheEnd */
  send(report: Report): Promise<void> {
    this.last = this.last.then(() => this.deliver(report));
    // Who does not wait hears of a failure with the next report.
    this.last.catch(() => undefined);
    return this.last;
  }

  private deliver = async (report: Report): Promise<void> => {
    await this.patience.persist(report.event, async () => {
      const answer = await this.plane.report(report);
      return answer.status < 300 ? true : orRefused(answer);
    });
  };
}
