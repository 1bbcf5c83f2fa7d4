import { givenSeeds } from '@cleanroom/testing';

/** The seeds that are asked for, `7` or `1-100`. @throws RangeError when they have another form */
export function seeds(byDefault: string): number[] {
  const text = givenSeeds ?? byDefault;
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  if (!first || Number(last) < Number(first))
    throw new RangeError(`CLEANROOM_SEEDS takes a number, or two with a hyphen, not ${text}`);
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, n) => Number(first) + n);
}
