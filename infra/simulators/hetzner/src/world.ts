import type { Faults } from '@cleanroom/simulator-journal';
import type { PriceList } from './catalogue/price-list.js';
import type { Capacity } from './capacity.js';
import type { GuestBehaviour } from './guest-behaviour.js';
import type { Guests } from './guests.js';
import type { JumpingClock } from './jumping-clock.js';
import type { Latency } from './latency.js';
import type { Ledger } from './ledger.js';
import { emptyProject, type Project, type State } from './state.js';
import type { Tasks } from './tasks.js';

/** All that an operation works with. */
export interface World {
  readonly clock: JumpingClock;
  readonly random: () => number;
  readonly latency: Latency;
  readonly state: State;
  readonly ledger: Ledger;
  readonly tasks: Tasks;
  readonly guests: Guests;
  readonly capacity: Capacity;
  readonly prices: PriceList;
  readonly guestBehaviour: GuestBehaviour;
  readonly faults: Faults;
  /** Says that the state is another one now, and worth keeping. */
  changed(): void;
}

export const nowOf = (world: World): number => world.clock.now().getTime();

/** Hetzner tells instants in whole seconds; what it bills is what it tells. */
export const secondOf = (world: World): number => Math.floor(nowOf(world) / 1000) * 1000;

export const takeId = (world: World): number => world.state.nextId++;

/** The project of this name, begun empty where a token names it for the first time. */
export function projectNamed(world: World, name: string): Project {
  return (world.state.projects[name] ??= emptyProject(name));
}
