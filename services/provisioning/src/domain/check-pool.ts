import { hasControlCharacters, refusal, type Refusal } from '@cleanroom/kernel';
import { parseDuration } from './duration.js';
import type { FreshMachine, ScopeKind } from './pool.js';

/** What a caller says of a pool; left-out fields are not checked. */
export interface PoolWish {
  readonly name?: string;
  readonly scope?: { readonly kind: ScopeKind; readonly fullPath?: string | null };
  readonly tags?: readonly string[];
  readonly runUntagged?: boolean;
  readonly protectedOnly?: boolean;
  readonly serverTypes?: readonly string[];
  readonly locations?: readonly string[];
  readonly image?: string;
  readonly size?: number;
  readonly freshMachine?: FreshMachine;
  readonly idleTimeout?: string;
  readonly maxMachineAge?: string;
}

export type Architecture = 'x86' | 'arm';

/** What Hetzner offers, as far as a pool can ask for it. */
export interface Catalogue {
  /** Locations in which each server type is offered, by the type's name. */
  readonly offered: ReadonlyMap<string, readonly string[]>;
  readonly locations: readonly string[];
  /** Of each server type, by its name. */
  readonly architectures: ReadonlyMap<string, Architecture>;
}

/** What an update finds. Where the pool could not be used before, the update is no worse, and may be the repair. */
export interface PoolBefore extends Required<Pick<PoolWish, 'serverTypes' | 'locations' | 'image'>> {
  /** Where its runners have their addresses, which they keep. */
  readonly ofRunners: readonly string[];
}

/** Before it is made. */
const NO_POOL: PoolBefore = { serverTypes: [], locations: [], image: '', ofRunners: [] };

export const MOST_RUNNERS = 500;
const LONGEST_NAME = 100;
const MOST_TAGS = 50;
const LONGEST_TAG = 128;
const MINUTE = 60;
const DAY = 86_400;

/** What is wrong with the form of a wish, each with the path of its field. */
export const checkPoolForm = (wish: PoolWish): Refusal[] => [
  ...checkName(wish.name),
  ...checkScope(wish.scope),
  ...checkTags(wish),
  ...checkList('serverTypes', wish.serverTypes),
  ...checkList('locations', wish.locations),
  ...checkImage(wish.image),
  ...checkSize(wish.size, 'input', 'size'),
  ...checkDuration('idleTimeout', wish.idleTimeout, 0, DAY),
  ...checkDuration('maxMachineAge', wish.maxMachineAge, 10 * MINUTE, 30 * DAY),
];

/**
 * Whether Hetzner offers what the wish names: each type somewhere among the locations, and in each location one of the
 * types. A runner stays where its address is, so that holds for the locations of those that exist, too. Of an update only
 * what it makes worse is refused: Hetzner may have ceased to offer something meanwhile.
 */
export function checkPoolCatalogue(
  wish: PoolWish,
  catalogue: Catalogue,
  before: PoolBefore = NO_POOL,
): Refusal[] {
  const missing = checkOffered(wish, catalogue, before);
  return missing.length > 0 ? missing : checkPlaces(wish, catalogue, before);
}

function checkPlaces(
  { serverTypes = [], locations = [] }: PoolWish,
  { offered }: Catalogue,
  before: PoolBefore,
): Refusal[] {
  if (serverTypes.length === 0) return [];
  const canUse = (location: string, types: readonly string[]) =>
    types.some((type) => offered.get(type)?.includes(location));
  const isLost = (location: string, known: readonly string[]) =>
    !canUse(location, serverTypes) && !(known.includes(location) && !canUse(location, before.serverTypes));
  const useless = locations.flatMap((location, i) =>
    isLost(location, before.locations)
      ? [invalid(`None of the server types is offered in "${location}".`, 'input', 'locations', String(i))]
      : [],
  );
  const { ofRunners } = before;
  const lost = new Set(ofRunners.filter((one) => !locations.includes(one) && isLost(one, ofRunners)));
  const stranded = [...lost].map((location) =>
    invalid(
      `None of the server types is offered in "${location}", where the pool has runners with their addresses.`,
      'input',
      'serverTypes',
    ),
  );
  return [...useless, ...stranded];
}

function checkOffered(
  { serverTypes = [], locations = [] }: PoolWish,
  catalogue: Catalogue,
  before: PoolBefore,
): Refusal[] {
  const unknownTypes = serverTypes.flatMap((type, i) => {
    const wrong = whyNotOffered(type, locations, catalogue);
    if (wrong === undefined) return [];
    const wasWrong =
      before.serverTypes.includes(type) && whyNotOffered(type, before.locations, catalogue) !== undefined;
    return wasWrong ? [] : [invalid(wrong, 'input', 'serverTypes', String(i))];
  });
  const unknownLocations = locations.flatMap((location, i) =>
    catalogue.locations.includes(location) || before.locations.includes(location)
      ? []
      : [invalid(`Hetzner has no location "${location}".`, 'input', 'locations', String(i))],
  );
  return [...unknownTypes, ...unknownLocations];
}

function whyNotOffered(type: string, locations: readonly string[], catalogue: Catalogue): string | undefined {
  const offered = catalogue.offered.get(type);
  if (!offered) return `Hetzner has no server type "${type}".`;
  // What is wrong with a location is said once, there.
  const known = locations.filter((location) => catalogue.locations.includes(location));
  const somewhere = known.length === 0 || known.some((location) => offered.includes(location));
  return somewhere ? undefined : `"${type}" is not offered in these locations.`;
}

/** Whether Hetzner has the image, and for each of the server types whose architecture is known. */
export function checkPoolImage(
  { image, serverTypes = [] }: PoolWish,
  { architectures }: Catalogue,
  available: readonly Architecture[],
  before: PoolBefore = NO_POOL,
): Refusal[] {
  if (image === undefined) return [];
  const stays = image === before.image;
  if (available.length === 0)
    return stays ? [] : [invalid(`Hetzner has no image "${image}".`, 'input', 'image')];
  const unfit = serverTypes.find((type) => {
    if (stays && before.serverTypes.includes(type)) return false;
    const architecture = architectures.get(type);
    return architecture !== undefined && !available.includes(architecture);
  });
  return unfit === undefined
    ? []
    : [invalid(`Hetzner has no image "${image}" for the processors of "${unfit}".`, 'input', 'image')];
}

export const checkSize = (size: number | undefined, ...path: string[]): Refusal[] =>
  size === undefined || (Number.isInteger(size) && size >= 1 && size <= MOST_RUNNERS)
    ? []
    : [invalid(`A pool has 1 to ${MOST_RUNNERS} runners.`, ...path)];

const invalid = (message: string, ...path: string[]): Refusal => refusal('INVALID', message, ...path);

function checkName(name: string | undefined): Refusal[] {
  if (name === undefined) return [];
  const text = name.trim();
  return text.length >= 1 && text.length <= LONGEST_NAME && !hasControlCharacters(text)
    ? []
    : [invalid(`A name has 1 to ${LONGEST_NAME} characters, in one line.`, 'input', 'name')];
}

function checkScope(scope: PoolWish['scope']): Refusal[] {
  if (!scope) return [];
  const path = scope.fullPath ?? '';
  if (scope.kind === 'INSTANCE') {
    return path === '' ? [] : [invalid('An instance has no path.', 'input', 'scope', 'fullPath')];
  }
  const good = path.length <= 255 && /^[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/.test(path);
  return good ? [] : [invalid('A full path looks like "group/subgroup".', 'input', 'scope', 'fullPath')];
}

function checkTags({ tags, runUntagged }: PoolWish): Refusal[] {
  if (!tags) return [];
  if (tags.length === 0 && runUntagged === false) {
    return [invalid('Without tags, runUntagged must be true: no job could match.', 'input', 'tags')];
  }
  if (tags.length > MOST_TAGS) return [invalid(`A pool has at most ${MOST_TAGS} tags.`, 'input', 'tags')];
  return tags.flatMap((tag, i) =>
    isTag(tag)
      ? []
      : [
          invalid(
            `A tag has 1 to ${LONGEST_TAG} characters, in one line and without a comma.`,
            'input',
            'tags',
            String(i),
          ),
        ],
  );
}

const isTag = (tag: string): boolean =>
  tag.trim().length >= 1 && tag.length <= LONGEST_TAG && !tag.includes(',') && !hasControlCharacters(tag);

function checkList(field: 'serverTypes' | 'locations', values: readonly string[] | undefined): Refusal[] {
  if (!values) return [];
  if (values.length === 0) return [invalid('Name at least one.', 'input', field)];
  return values.flatMap((value, i) =>
    values.indexOf(value) === i ? [] : [invalid(`"${value}" is named twice.`, 'input', field, String(i))],
  );
}

const checkImage = (image: string | undefined): Refusal[] =>
  image === undefined || /^[a-z0-9][a-z0-9.-]{0,62}$/.test(image)
    ? []
    : [invalid('An image is named like "debian-12".', 'input', 'image')];

function checkDuration(field: string, text: string | undefined, least: number, most: number): Refusal[] {
  if (text === undefined) return [];
  const seconds = parseDuration(text);
  if (seconds !== undefined && seconds >= least && seconds <= most) return [];
  const range = `from ${counted(least / MINUTE, 'minute')} to ${counted(most / DAY, 'day')}`;
  return [invalid(`A duration such as PT5M, ${range}.`, 'input', field)];
}

const counted = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;
