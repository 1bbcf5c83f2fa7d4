import { z } from 'zod';
import { nowOf, type World } from './world.js';

/** Body of `POST /_sim/clock`: by how many virtual milliseconds, or to which instant. */
export const clockJump = z.union([
  z.strictObject({ advanceMs: z.int().min(0) }),
  z.strictObject({ to: z.iso.datetime().transform((text) => Date.parse(text)) }),
]);

/** Puts the clock forward, never back; what is due between happens as if it had been waited for. */
export function jump(world: World, wanted: z.output<typeof clockJump>): void {
  const to = 'to' in wanted ? wanted.to : nowOf(world) + wanted.advanceMs;
  world.state.clockAhead = world.clock.jump(to, (at) => world.tasks.liveUntil(to, at));
  world.changed();
}
