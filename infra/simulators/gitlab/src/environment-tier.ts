const TIERS: readonly (readonly [string, RegExp])[] = [
  ['development', /dev|review|trunk/i],
  ['testing', /test|tst|int|ac(ce)?pt|qa|qc|control|quality/i],
  ['staging', /sta?g|mode?l|pre|demo|non/i],
  ['production', /pro?d|live/i],
];

/** What GitLab takes an environment for, by its name, where nobody says. */
export const environmentTier = (name: string): string =>
  TIERS.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other';
