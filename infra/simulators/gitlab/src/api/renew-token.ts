import type { Runner } from '../model.js';
import type { Answer } from '../wire/answer.js';
import { hashOf, newToken } from '../world.js';
import type { World } from '../world.js';

/** Gives a runner another token; the old one is worth nothing from now on. */
export function renewToken(world: World, runner: Runner): Answer {
  const token = newToken('glrt-');
  runner.tokenHash = hashOf(token);
  world.changed();
  return { status: 201, body: { token, token_expires_at: null } };
}
