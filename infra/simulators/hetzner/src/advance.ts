import { nowOf, type World } from './world.js';

/** Puts the clock forward, never back; what is due between happens as if it had been waited for. */
export function advance(world: World, milliseconds: number): void {
  const to = nowOf(world) + milliseconds;
  world.state.clockAhead = world.clock.jump(to, (at) => world.tasks.liveUntil(to, at));
  world.changed();
}
