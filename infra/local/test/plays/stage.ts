import { belongsTo } from '../belongs-to.js';
import { eventually } from '../eventually.js';
import { readFleet, type RunnerFacts } from '../fleet.js';
import type { HetznerFacts } from '../hetzner-ledger.js';
import type { TestInstallation } from '../installation.js';

/** Nothing takes so long, however busy the computer is. */
const PATIENT = { within: 240_000 };

/** An installation in which one thing after the other goes wrong, and what its users and the ledgers see of it. */
export class Stage {
  constructor(readonly installation: TestInstallation) {}

  readonly fleet = (): Promise<RunnerFacts[]> => readFleet(this.installation.ask);

  async runner(id: string): Promise<RunnerFacts> {
    const found = (await this.fleet()).find((one) => one.id === id);
    if (!found) throw new Error(`no runner ${id}`);
    return found;
  }

  /** Waits until a runner is as it is to be. */
  until(id: string, isSo: (runner: RunnerFacts) => boolean): Promise<RunnerFacts> {
    return eventually(async () => {
      const runner = await this.runner(id);
      return isSo(runner) && runner;
    }, PATIENT);
  }

  readonly becomes = (id: string, state: string): Promise<RunnerFacts> =>
    this.until(id, (runner) => runner.state === state);

  /** Wakes a runner that sleeps, and says which; it is not ready yet. */
  async wakeOne(): Promise<RunnerFacts> {
    const asleep = await eventually(
      async () => (await this.fleet()).find(({ state }) => state === 'ASLEEP') ?? false,
      PATIENT,
    );
    await this.wake(asleep.id);
    return asleep;
  }

  /** A runner that was woken, once it is ready. */
  async idleOne(): Promise<RunnerFacts> {
    return this.becomes((await this.wakeOne()).id, 'IDLE');
  }

  /** For the hour that its machine costs anyway. */
  readonly wake = (id: string): Promise<unknown> => this.change('wakeRunner(id: $id)', id);

  readonly drain = (id: string): Promise<unknown> => this.change('drainRunner(id: $id)', id);

  change(mutation: string, id: string): Promise<unknown> {
    return this.installation.ask(`mutation($id: ID!) { ${mutation} { userErrors { code } } }`, { id });
  }

  /** All servers that a runner ever had, by Hetzner's ledger, oldest first. */
  async serversOf(id: string): Promise<HetznerFacts['servers']> {
    return (await this.installation.hetzner.read()).servers.filter(belongsTo(id));
  }

  /** Waits until Hetzner has deleted a server. */
  async isGone(serverId: string | null | undefined): Promise<void> {
    expect(serverId).toBeTruthy();
    await eventually(async () => {
      const living = (await this.installation.hetzner.livingServers()).map(({ id }) => String(id));
      expect(living).not.toContain(serverId);
    }, PATIENT);
  }

  /** All calls of these names so far. */
  async callsOf(...operations: string[]): Promise<HetznerFacts['calls']> {
    const { calls } = await this.installation.hetzner.read();
    return calls.filter(({ operation }) => operations.includes(operation ?? ''));
  }

  async callsToGitLab(operation: string): Promise<number> {
    const { calls } = await this.installation.gitlab.read();
    return calls.filter((call) => call.operation === operation).length;
  }

  readonly job = async (seconds = 5): Promise<number> =>
    (await this.installation.gitlab.queueJobs({ seconds }))[0] ?? 0;

  /** What Cleanroom says of a job. */
  async statusOf(jobId: number): Promise<string | undefined> {
    const { jobs } = await this.installation.ask<{
      jobs: { nodes: { gitlabJobId: string; status: string }[] };
    }>(`{ jobs(first: 100) { nodes { gitlabJobId status } } }`);
    return jobs.nodes.find(({ gitlabJobId }) => gitlabJobId === String(jobId))?.status;
  }

  async succeeds(...jobIds: number[]): Promise<void> {
    await eventually(async () => {
      const jobs = await this.installation.gitlab.jobs(jobIds);
      expect(jobs.filter(({ status }) => status !== 'success')).toEqual([]);
    }, PATIENT);
  }

  /** Where nobody has a machine and nothing goes wrong any more; pools keep what they were told. */
  async rest(): Promise<void> {
    const { hetzner, gitlab } = this.installation;
    await hetzner.removeFaults();
    await gitlab.removeFaults();
    const fleet = await this.fleet();
    const pools = [...new Set(fleet.map(({ pool }) => pool.id))];
    // Who drains takes back that a runner was woken; a pause does not.
    for (const { id } of fleet) await this.drain(id);
    for (const id of pools) await this.change('pauseRunnerPool(id: $id, paused: true)', id);
    await this.allSleep();
    for (const id of pools) await this.change('pauseRunnerPool(id: $id, paused: false)', id);
    await this.allSleep();
  }

  private readonly allSleep = (): Promise<unknown> =>
    eventually(async () => (await this.fleet()).every(({ state }) => state === 'ASLEEP'), PATIENT);

  /** As a customer deletes a server in the console. */
  async deleteServer(id: string): Promise<number> {
    const { hetznerUrl, hetznerToken } = this.installation.demo;
    const headers = { authorization: `Bearer ${hetznerToken}` };
    return (await fetch(`${hetznerUrl}/servers/${id}`, { method: 'DELETE', headers })).status;
  }
}

/** Whether at some moment two of them lived. */
export const overlap = (lives: readonly { created: string; deleted: string | null }[]): boolean =>
  lives.some(({ created }, n) =>
    lives.some((other, m) => m !== n && other.created <= created && (other.deleted ?? '9999') > created),
  );
