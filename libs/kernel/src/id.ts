/** Crockford's alphabet in lower case: no letter that can be mistaken for a digit, and legal in host names. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const TIME_CHARACTERS = 10;
const RANDOM_CHARACTERS = 16;

/** What an id can name; the prefix is part of the public API. */
export const idPrefixes = {
  organization: 'org',
  pool: 'pool',
  runner: 'run',
  machine: 'mach',
  job: 'job',
  schedule: 'sch',
  firewallPolicy: 'fwp',
  hetznerProject: 'hp',
  gitlabConnection: 'gl',
  apiToken: 'tok',
  override: 'ovr',
  event: 'evt',
} as const;

export type IdKind = keyof typeof idPrefixes;

/**
 * Composes an id from its parts, so that the core stays deterministic: prefix, time (48 bits, sortable), randomness.
 *
 * @param at when the thing came to be
 * @param random at least 16 random bytes
 */
export const composeId = (kind: IdKind, at: Date, random: Uint8Array): string =>
  `${idPrefixes[kind]}_${encodeTime(at.getTime())}${encodeRandom(random)}`;

/** Whether `value` has the form of an id of this kind; says nothing about its existence. */
export const isId = (kind: IdKind, value: string): boolean =>
  new RegExp(`^${idPrefixes[kind]}_[${ALPHABET}]{${TIME_CHARACTERS + RANDOM_CHARACTERS}}$`).test(value);

function encodeTime(milliseconds: number): string {
  let rest = milliseconds;
  let text = '';
  for (let i = 0; i < TIME_CHARACTERS; i++) {
    text = ALPHABET.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function encodeRandom(random: Uint8Array): string {
  if (random.length < RANDOM_CHARACTERS)
    throw new RangeError(`an id needs ${RANDOM_CHARACTERS} random bytes`);
  return Array.from(random.subarray(0, RANDOM_CHARACTERS), (byte) => ALPHABET.charAt(byte % 32)).join('');
}
