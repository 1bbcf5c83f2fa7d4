import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { StaticIpStatus, topics, type StaticIpSpendDecided } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { newId, type RunningBilling } from './running-billing.js';

interface Told {
  readonly question?: number;
  readonly status?: StaticIpStatus;
  /** Hetzner's number; 0: there is none. */
  readonly ip?: bigint;
  readonly gone?: Date;
}

let ips = 5_000n;

/** The static IP of a runner, as identity tells of it. */
export class AwaitedIp {
  readonly runnerId = newId('runner');
  version = 0n;
  #ip = 0n;
  #createdAt = new Date(0);

  constructor(
    private readonly world: RunningBilling,
    private readonly poolId: string,
  ) {}

  /** Waits, and asks whether it may be ordered; without a question it is ordered at once. */
  ask(question = 1): Promise<void> {
    return this.tell({ question });
  }

  /** Hetzner has it now. */
  arrive(): Promise<void> {
    this.#ip = ++ips;
    this.#createdAt = this.world.clock.now();
    return this.tell({ status: StaticIpStatus.ACTIVE, ip: this.#ip });
  }

  /** Somebody deleted it at Hetzner: it has ended, and the runner waits for another. */
  lose(): Promise<void> {
    return this.tell({ ip: this.#ip, gone: this.world.clock.now() });
  }

  /** Its runner's life ended before it was there, and billing has heard of it. */
  async giveUp(question = 0): Promise<void> {
    await this.tell({ question, status: StaticIpStatus.RELEASED, gone: this.world.clock.now() });
    const over = 'SELECT 1 FROM static_ip_spend WHERE over AND runner_id = $1';
    await eventually(async () => expect(await this.world.db.asAdmin(over, [this.runnerId])).toHaveLength(1));
  }

  tell({ question = 0, status = StaticIpStatus.RESERVING, ip = 0n, gone }: Told): Promise<void> {
    return this.world.tell(topics.staticIp, {
      ...{ runnerId: this.runnerId, poolId: this.poolId, hetznerProjectId: this.world.projectId },
      ...{ version: ++this.version, status, primaryIpId: ip, location: 'fsn1' },
      ...{ budgetQuestion: question, allowedLocations: ['fsn1', 'nbg1'] },
      ...(ip > 0n && { createdAt: timestampFromDate(this.#createdAt) }),
      ...(gone && { releasedAt: timestampFromDate(gone) }),
    });
  }

  /** The last answer, once there are so many. */
  answered(count = 1): Promise<StaticIpSpendDecided> {
    return eventually(async () => {
      const decisions = (await this.world.staticIpDecisions()).get(this.runnerId) ?? [];
      expect(decisions.length).toBeGreaterThanOrEqual(count);
      return decisions.at(-1)!;
    });
  }
}
