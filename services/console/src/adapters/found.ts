import { silence, silentServices, type MissingPart } from '../domain/who-answers.js';
import { NoAnswer } from './session.js';

/**
 * One thing that was asked for; `undefined` where there is none.
 *
 * @throws NoAnswer where it is not known whether there is one
 */
export function found<Thing>(thing: Thing | null, missing: readonly MissingPart[]): Thing | undefined {
  if (thing === null && missing.length > 0)
    throw new NoAnswer(silence(silentServices(missing)) || 'It could not be read.', missing);
  return thing ?? undefined;
}
