import { seededRandom } from '@cleanroom/simulator-journal';
import { z } from 'zod';
import type { MachineOrder } from './machine-order.js';

const rate = z.number().min(0).max(1);

/** Body of `PUT /_sim/guests`: shares of all boots from now on. What is left out is 0. */
export const guestPlan = z.strictObject({
  /** The server runs, but nothing ever speaks from it. */
  neverBoot: rate.default(0),
  /** The guest appears `lateByMs` (virtual) later than it should. */
  bootLate: rate.default(0),
  lateByMs: z.number().min(0).default(240_000),
  /** The guest falls silent as soon as it is enrolled. */
  enrolAndDie: rate.default(0),
  /** Creations that stay `initializing` until they are deleted. @default as the latency model has it */
  stuckCreations: rate.optional(),
  seed: z.int().default(1),
});

type GuestPlan = z.output<typeof guestPlan>;

/** What becomes of one boot. Delays in virtual ms. */
export interface BootFate {
  readonly boots: boolean;
  readonly lateBy: number;
  readonly diesAfterEnrol: boolean;
}

/** Decides for every creation whether it ends, and for every boot whether the guest behaves. */
export class GuestBehaviour {
  private plan: GuestPlan = guestPlan.parse({});
  private random = seededRandom(1);
  private creations: () => number;
  /** What was said of the next boots, each once. */
  private ordered: MachineOrder['next'][] = [];

  /** @param seed of the creations, until a plan has one */
  constructor(seed: number) {
    this.creations = creationsUnder(seed);
  }

  follow(plan: GuestPlan): void {
    this.plan = plan;
    this.random = seededRandom(plan.seed);
    this.creations = creationsUnder(plan.seed);
  }

  /**
   * Whether the next creation never ends.
   *
   * @param usual share of them where no plan says another
   */
  hangs(usual: number): boolean {
    return this.creations() < (this.plan.stuckCreations ?? usual);
  }

  order({ next, times }: MachineOrder): void {
    this.ordered.push(...Array.from({ length: times }, () => next));
  }

  next(): BootFate {
    const ordered = this.ordered.shift();
    if (ordered === undefined) return this.thrown();
    return {
      boots: ordered !== 'never_boots',
      lateBy: ordered === 'boots_late' ? this.plan.lateByMs : 0,
      diesAfterEnrol: ordered === 'dies_after_enrolment',
    };
  }

  private thrown(): BootFate {
    const { neverBoot, bootLate, lateByMs, enrolAndDie } = this.plan;
    const [never, late, dies] = [this.random(), this.random(), this.random()];
    return {
      boots: never >= neverBoot,
      lateBy: late < bootLate ? lateByMs : 0,
      diesAfterEnrol: dies < enrolAndDie,
    };
  }

  shown(): object {
    return { ...this.plan, next: this.ordered };
  }
}

/**
 * Numbers of their own, so that it depends on nothing but the seed which order hangs. Of the negative seed: under 1, which
 * everybody has who names none, it is the 230th, where it would be the second.
 */
const creationsUnder = (seed: number): (() => number) => seededRandom(-seed);
