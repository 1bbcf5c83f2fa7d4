import { setTimeout as sleep } from 'node:timers/promises';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { topics, type MachineChanged } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import type { ProvisioningWorld } from './provisioning-world.js';

const LOOK_EVERY_MS = 30;
const DAY_MS = 24 * 3_600_000;
export const REASON = 'the budget of the pool, 1.00 EUR a month, is used up';

/** Stands in for billing: answers every machine that asks, by the rule that a spec gives it. */
export class AnsweringBilling {
  /** How many hours a machine may have; `undefined` leaves it without an answer. */
  grants: (asked: number) => number | undefined = (asked) => asked;
  /** Version of the budget by which it refuses. @default the one that was told last */
  refusesBy: bigint | undefined;
  /** For how long it refuses, by the product's clock. */
  refusesForMs = DAY_MS;
  readonly questions: MachineChanged[] = [];
  readonly #answered = new Set<string>();
  #version = 0n;
  #stopped = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(private readonly world: ProvisioningWorld) {}

  start(): void {
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#loop;
  }

  /** Billing tells of a budget, and provisioning has heard of one for this scope. */
  async setBudget(scopeId: string, { blocks = true, holds = true } = {}): Promise<void> {
    this.#version += 1n;
    await this.world.tell(topics.budget, { scopeId, version: this.#version, holds, blocks });
    const known = 'SELECT 1 FROM budget WHERE scope_id = $1';
    await eventually(async () => expect(await this.world.db.asAdmin(known, [scopeId])).toHaveLength(1));
  }

  async #run(): Promise<void> {
    for (; !this.#stopped; await sleep(LOOK_EVERY_MS)) {
      const asking = (await this.world.published(topics.machine)).filter(({ hoursAsked }) => hoursAsked > 0);
      for (const machine of asking) await this.#answer(machine);
    }
  }

  async #answer(machine: MachineChanged): Promise<void> {
    const { machineId, runnerId, poolId, hoursAsked } = machine;
    const question = `${machineId} ${hoursAsked}`;
    if (this.#answered.has(question)) return;
    const hoursGranted = this.grants(hoursAsked);
    if (hoursGranted === undefined) return;
    this.#answered.add(question);
    this.questions.push(machine);
    const isRefused = hoursGranted < hoursAsked;
    const retryAt = timestampFromDate(new Date(this.world.clock.now().getTime() + this.refusesForMs));
    await this.world.tell(topics.spend, {
      ...{ machineId, runnerId, hoursAsked, hoursGranted, version: BigInt(this.questions.length) },
      ...(isRefused && {
        exhaustedScopeId: poolId,
        exhaustedVersion: this.refusesBy ?? this.#version,
        reason: REASON,
        retryAt,
      }),
    });
  }
}
