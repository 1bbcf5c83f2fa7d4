import { eventually } from '@cleanroom/testing';
import { RunnerState, topics } from '@cleanroom/contracts';
import type { ProvisioningWorld } from './provisioning-world.js';

export interface RunnerRow {
  readonly id: string;
  readonly state: string;
  readonly state_reason: string | null;
  readonly trouble: string | null;
  readonly machine_id: string | null;
  readonly attempt: number;
}

export interface MachineRow {
  readonly id: string;
  readonly generation: number;
  readonly server_id: string;
  readonly server_type: string;
  readonly gitlab_runner_id: string;
  readonly created_at: Date;
  readonly deleted_at: Date | null;
  readonly hours_granted: number;
}

const CREATE = `mutation($input: CreateRunnerPoolInput!) { payload: createRunnerPool(input: $input) {
  runnerPool { id } userErrors { code path message } } }`;

const DELETE = `mutation($id: ID!) { deleteRunnerPool(id: $id) { userErrors { code } } }`;

/** A pool whose runners have their addresses, and what a spec does with its machines. */
export class Fleet {
  private constructor(
    private readonly world: ProvisioningWorld,
    readonly poolId: string,
  ) {}

  static async create(world: ProvisioningWorld, given: object = {}): Promise<Fleet> {
    const input = { ...poolOf(world), ...given };
    const { data } = await world.ask(CREATE, { input });
    const { runnerPool, userErrors } = (
      data as unknown as { payload: { runnerPool: { id: string } | null; userErrors: object[] } }
    ).payload;
    if (!runnerPool) throw new Error(JSON.stringify(userErrors));
    const fleet = new Fleet(world, runnerPool.id);
    await fleet.leaseIps(input.locations);
    return fleet;
  }

  runners(): Promise<RunnerRow[]> {
    return this.world.db.asAdmin(
      'SELECT id, state, state_reason, trouble, machine_id, attempt FROM runner WHERE pool_id = $1 ORDER BY seat',
      [this.poolId],
    ) as unknown as Promise<RunnerRow[]>;
  }

  machines(): Promise<MachineRow[]> {
    return this.world.db.asAdmin('SELECT * FROM machine WHERE pool_id = $1 ORDER BY ordered_at, id', [
      this.poolId,
    ]) as unknown as Promise<MachineRow[]>;
  }

  /** What Hetzner has of this pool. */
  async servers<Server = object>(): Promise<Server[]> {
    const selector = encodeURIComponent(`cleanroom-pool=${this.poolId}`);
    const path = `/servers?label_selector=${selector}`;
    return (await this.world.hetzner.call<{ servers: Server[] }>('GET', path)).servers;
  }

  /** What the timelines of its runners say of one kind. */
  timeline(kind: string) {
    return this.world.db.asAdmin(
      `SELECT message, actor FROM timeline
       WHERE kind = $2 AND runner_id IN (SELECT id FROM runner WHERE pool_id = $1)`,
      [this.poolId, kind],
    );
  }

  /** Deletes the pool, and waits until Hetzner has nothing of it. */
  async remove(): Promise<void> {
    await this.world.ask(DELETE, { id: this.poolId });
    await eventually(async () => (await this.servers()).length === 0);
  }

  /** Waits until a runner is in a state, and returns it. */
  reaches(state: string): Promise<RunnerRow> {
    return eventually(async () => (await this.runners()).find((runner) => runner.state === state) ?? false);
  }

  /**
   * Brings a wanted runner to IDLE, as its agent and the other services would. Where this computer is so slow that a
   * machine is given up meanwhile, the next one is brought there.
   */
  async becomeIdle(): Promise<{ runner: RunnerRow; machine: MachineRow }> {
    const admitted = new Set<string>();
    const runner = await eventually(async () => {
      for (const one of await this.runners()) {
        if (one.state === 'IDLE') return one;
        if (one.state === 'ENROLLING') await this.enrol(one, admitted);
      }
      return false;
    });
    return { runner, machine: await this.machineOf(runner) };
  }

  private async enrol(runner: RunnerRow, admitted: Set<string>): Promise<void> {
    const machine = await this.machineOf(runner);
    const generation = `${machine.id} ${machine.generation}`;
    if (!admitted.has(generation)) await this.admit(runner, machine);
    admitted.add(generation);
    const { status } = await this.configuration(runner, machine);
    if (status === 200) await this.report(runner, machine, { event: 'RUNNER_STARTED' });
  }

  admit({ id: runnerId }: RunnerRow, { id: machineId, generation }: MachineRow): Promise<void> {
    return this.world.admit({ machineId, runnerId, poolId: this.poolId, generation });
  }

  async machineOf({ machine_id: id }: RunnerRow): Promise<MachineRow> {
    const found = (await this.machines()).find((machine) => machine.id === id);
    if (!found) throw new Error(`no machine ${id}`);
    return found;
  }

  configuration(runner: RunnerRow, machine: MachineRow) {
    return this.world.call('GET', '/machine/v1/runner', this.asMachine(runner, machine));
  }

  report(runner: RunnerRow, machine: MachineRow, report: object) {
    return this.world.call('POST', '/machine/v1/report', this.asMachine(runner, machine), {
      at: new Date().toISOString(),
      ...report,
    });
  }

  /** Makes a server look so old, and idle for as long, so that no spec has to wait for its hour to pass. */
  async age({ id }: MachineRow, minutes: number): Promise<void> {
    const { db, clock } = this.world;
    const created = new Date(clock.now().getTime() - minutes * 60_000);
    await db.asAdmin(`UPDATE machine SET created_at = $2 WHERE id = $1`, [id, created]);
    await db.asAdmin('UPDATE runner SET due_at = $2, state_since = $3 WHERE machine_id = $1', [
      id,
      clock.now(),
      created,
    ]);
  }

  private asMachine({ id: runnerId }: RunnerRow, { id: machineId, generation }: MachineRow) {
    const { organizationId } = this.world;
    const source = '127.64.0.1';
    return { kind: 'machine' as const, organizationId, runnerId, machineId, generation, source };
  }

  private async leaseIps(locations: readonly string[]): Promise<void> {
    const requested = await eventually(async () => {
      const told = (await this.world.published(topics.runner)).filter(
        ({ poolId, state }) => poolId === this.poolId && state === RunnerState.REQUESTED,
      );
      return told.length === (await this.runners()).length && told;
    });
    for (const [i, { runnerId }] of requested.entries())
      await this.world.leaseIp(runnerId, this.poolId, locations[i % locations.length] ?? 'fsn1');
    await eventually(async () => (await this.runners()).every(({ state }) => state === 'ASLEEP'));
  }
}

/** What a pool is asked for with; each has a name of its own. */
export const poolOf = (world: ProvisioningWorld) => ({
  name: `pool ${Math.random().toString(36).slice(2, 10)}`,
  hetznerProjectId: world.hetznerProjectId,
  gitlabConnectionId: world.gitlabConnectionId,
  scope: { kind: 'GROUP', fullPath: 'acme' },
  tags: ['linux'],
  serverTypes: ['cx23', 'cpx22'],
  locations: ['fsn1'],
  size: 1,
});
