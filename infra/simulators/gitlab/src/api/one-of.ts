import { invalidParameters } from '../wire/answer.js';
import { listOf } from '../wire/pages.js';
import type { ApiRequest } from '../wire/route.js';

/** The values of a parameter that has few. @throws ApiError 400 for another one */
export function oneOf(request: ApiRequest, name: string, known: ReadonlySet<string>): string[] {
  const wanted = listOf(request, name);
  if (wanted.some((value) => !known.has(value)))
    throw invalidParameters(`${name} does not have a valid value`);
  return wanted;
}
