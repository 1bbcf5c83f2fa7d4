import { duration } from './say.js';

interface Protection {
  readonly protected: boolean;
  readonly verifiedAt: string | null;
}

/**
 * Whether a machine is protected, and since when that is known. One that was verified before may lack what its pool wants
 * since, or have lost what it had: 'not yet' is true of the others only.
 */
export function protectionWords(
  { protected: isProtected, verifiedAt }: Protection,
  now: number,
): readonly [answer: string, detail: string] {
  if (verifiedAt === null) return [isProtected ? 'Yes' : 'No, not yet', ''];
  const ago = `${duration(now - Date.parse(verifiedAt))} ago`;
  return isProtected ? ['Yes', `, verified ${ago}`] : ['No', `, last verified ${ago}`];
}
