import { refusal, type Refusal } from '@cleanroom/kernel';

/** The name of an IANA time zone, such as `Europe/Berlin`. */
export function checkTimeZone(name: string, ...path: string[]): Refusal[] {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return [];
  } catch {
    return [refusal('INVALID', 'A time zone has a name such as Europe/Berlin.', ...path)];
  }
}
