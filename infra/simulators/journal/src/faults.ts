import { setTimeout as sleep } from 'node:timers/promises';
import { EVERY_OPERATION, type Fault } from './fault-order.js';
import { seededRandom } from './seeded-random.js';

interface Injected {
  readonly id: number;
  readonly fault: Fault;
  readonly random: () => number;
  struck: number;
}

/** Faults that were asked for, and whom they strike. */
export class Faults {
  private injected: Injected[] = [];
  private nextId = 1;
  private cleared = new AbortController();

  /** Returns the number by which it can be taken away again. */
  inject(fault: Fault): number {
    const id = this.nextId++;
    this.injected.push({ id, fault, random: seededRandom(fault.seed), struck: 0 });
    return id;
  }

  /** Takes one fault away, or all. */
  clear(id?: number): void {
    this.injected = id === undefined ? [] : this.injected.filter((each) => each.id !== id);
    if (id !== undefined) return;
    this.cleared.abort();
    this.cleared = new AbortController();
  }

  /** Holds an answer back, until all faults are taken away at the latest. */
  async delay({ ms }: Pick<Fault, 'ms'>): Promise<void> {
    await sleep(ms, undefined, { signal: this.cleared.signal }).catch(() => undefined);
  }

  /** The fault that strikes a call: the first of its operation that is not spent, is wanted, and whose dice say so. */
  strike(operation: string, wanted: (fault: Fault) => boolean = () => true): Fault | undefined {
    return this.injected.find((each) => isOf(each, operation) && wanted(each.fault) && hits(each))?.fault;
  }

  /** All that strike at once. */
  strikeAll(operation: string): Fault[] {
    return this.injected.filter((each) => isOf(each, operation) && hits(each)).map(({ fault }) => fault);
  }

  shown(): object[] {
    return this.injected.map(({ id, fault, struck }) => ({ number: id, ...fault, struck }));
  }
}

/** What is no operation of the API is only struck by its name. */
const isOf = ({ fault }: Injected, operation: string): boolean =>
  fault.operation === operation || (fault.operation === EVERY_OPERATION && operation !== 'webhook');

/** Rolls the dice, and counts. */
function hits(each: Injected): boolean {
  const { fault, random } = each;
  if (each.struck >= (fault.times ?? Infinity) || random() >= fault.rate) return false;
  each.struck += 1;
  return true;
}
