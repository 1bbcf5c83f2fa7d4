import { z } from 'zod';
import type { TokenBook } from '../access-tokens.js';
import { notFound } from '../wire/answer.js';
import type { World } from '../world.js';

const renaming = z.strictObject({
  /** Full path of a group or project. */
  path: z.string().min(1),
  /** Its new name, within the same group. */
  to: z.string().regex(/^[\w.-]+$/),
});

/** Renames a group or project: all that lies in it gets another full path, and everything keeps its number. @throws ApiError 404 */
export function rename(world: World, tokens: TokenBook, body: unknown): void {
  const { path, to } = renaming.parse(body);
  const places = [...world.state.groups, ...world.state.projects];
  const place = places.find(({ fullPath }) => fullPath === path);
  if (!place) throw notFound('Place');
  const renamed = [...path.split('/').slice(0, -1), to].join('/');
  const moved = (fullPath: string): string =>
    fullPath === path || fullPath.startsWith(`${path}/`) ? renamed + fullPath.slice(path.length) : fullPath;
  for (const one of places) one.fullPath = moved(one.fullPath);
  place.path = to;
  tokens.follow(moved);
  world.changed();
}
