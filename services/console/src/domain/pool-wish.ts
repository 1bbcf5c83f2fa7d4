import { spanFromWords, spanInWords } from './time-span.js';

/** What somebody wants of a pool, as a form has it: all is text, and nothing is checked. */
export interface PoolWish {
  readonly name: string;
  readonly tags: string;
  readonly runUntagged: boolean;
  readonly protectedOnly: boolean;
  readonly serverTypes: string;
  readonly locations: string;
  readonly image: string;
  readonly freshMachine: 'EVERY_JOB' | 'EVERY_START';
  readonly idleTimeout: string;
  readonly maxMachineAge: string;
}

/** What the API is told of a pool, at its creation and later. */
export interface PoolInput {
  readonly name: string;
  readonly tags: readonly string[];
  readonly runUntagged: boolean;
  readonly protectedOnly: boolean;
  readonly serverTypes: readonly string[];
  readonly locations: readonly string[];
  readonly image: string;
  readonly freshMachine: PoolWish['freshMachine'];
  readonly idleTimeout: string;
  readonly maxMachineAge: string;
}

/** What most pools are. */
export const USUAL_WISH: PoolWish = {
  name: '',
  tags: '',
  runUntagged: false,
  protectedOnly: false,
  serverTypes: '',
  locations: '',
  image: 'debian-12',
  freshMachine: 'EVERY_JOB',
  idleTimeout: '5 min',
  maxMachineAge: '24 h',
};

/** As the API calls its fields. */
export const POOL_FIELDS: readonly string[] = Object.keys(USUAL_WISH).map((name) => `input.${name}`);

/** Likewise, of what is settled once. */
export const PLACE_FIELDS: readonly string[] = [
  'input.gitlabConnectionId',
  'input.hetznerProjectId',
  'input.scope.kind',
  'input.scope.fullPath',
  'input.size',
];

/** A pool as its form begins. */
export const wishOf = (pool: PoolInput): PoolWish => ({
  name: pool.name,
  tags: pool.tags.join(', '),
  runUntagged: pool.runUntagged,
  protectedOnly: pool.protectedOnly,
  serverTypes: pool.serverTypes.join(', '),
  locations: pool.locations.join(', '),
  image: pool.image,
  freshMachine: pool.freshMachine,
  idleTimeout: spanInWords(pool.idleTimeout),
  maxMachineAge: spanInWords(pool.maxMachineAge),
});

export const inputOf = (wish: PoolWish): PoolInput => ({
  ...wish,
  name: wish.name.trim(),
  tags: listIn(wish.tags),
  serverTypes: listIn(wish.serverTypes),
  locations: listIn(wish.locations),
  image: wish.image.trim(),
  idleTimeout: spanFromWords(wish.idleTimeout),
  maxMachineAge: spanFromWords(wish.maxMachineAge),
});

/** What of a wish is another one: Hetzner is asked only about what changes. */
export function changesOf(before: PoolWish, after: PoolWish): Partial<PoolInput> {
  const input = inputOf(after);
  const keys = Object.keys(after) as (keyof PoolWish)[];
  return Object.fromEntries(
    keys.filter((key) => before[key] !== after[key]).map((key) => [key, input[key]]),
  ) as Partial<PoolInput>;
}

const listIn = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
