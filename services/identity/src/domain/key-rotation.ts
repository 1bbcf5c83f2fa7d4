const HOUR_MS = 3_600_000;

/** A key signs for a day from then on. */
export const KEY_SIGNS_FOR_MS = 24 * HOUR_MS;
/** Published so long before its first use: verifiers cache the set. */
export const PUBLISHED_BEFORE_MS = HOUR_MS;
/** Made earlier still: nobody may ask for a while, and keys are made when somebody asks. */
const MADE_BEFORE_MS = 6 * HOUR_MS;
/** Kept so long after its last use: its last token lives 5 minutes, and clocks differ. */
export const KEPT_AFTER_MS = HOUR_MS;

export interface KeyTimes {
  readonly id: string;
  readonly signsFrom: Date;
}

/** The key that signs now: the youngest whose time has come. */
export const signingKey = <K extends KeyTimes>(keys: readonly K[], now: Date): K | undefined =>
  [...keys]
    .sort((a, b) => b.signsFrom.getTime() - a.signsFrom.getTime())
    .find(({ signsFrom }) => signsFrom <= now);

/**
 * When the key that must exist next begins to sign; `undefined` while none is missing. Always at a full hour, so that
 * two replicas that miss the same key make it for the same moment.
 */
export function missingKey(keys: readonly KeyTimes[], now: Date): Date | undefined {
  const current = signingKey(keys, now);
  // The very first one signs at once: nobody has cached anything yet.
  if (!current) return new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS);
  const next = current.signsFrom.getTime() + KEY_SIGNS_FOR_MS;
  if (next - now.getTime() > MADE_BEFORE_MS || keys.some(({ signsFrom }) => signsFrom > now))
    return undefined;
  // Where it is late, the current one signs on until verifiers have had their hour.
  const earliest = Math.max(next, now.getTime() + PUBLISHED_BEFORE_MS);
  return new Date(Math.ceil(earliest / HOUR_MS) * HOUR_MS);
}

/** Keys that no token can be signed with any more. */
export function expiredKeys(keys: readonly KeyTimes[], now: Date): KeyTimes[] {
  const current = signingKey(keys, now);
  if (!current) return [];
  return keys.filter(
    ({ signsFrom }) =>
      signsFrom < current.signsFrom && now.getTime() - current.signsFrom.getTime() > KEPT_AFTER_MS,
  );
}
