const TIME_OF_DAY = String.raw`([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?`;
const OFFSET = String.raw`Z|[+-]([01]\d|2[0-3]):[0-5]\d`;
const RFC_3339 = new RegExp(`^(?<day>\\d{4}-\\d{2}-\\d{2})T${TIME_OF_DAY}(${OFFSET})$`, 'i');

/** The instant that a text of RFC 3339 names; `undefined` where it names none. */
export function parseInstant(text: string): Date | undefined {
  const day = RFC_3339.exec(text)?.groups?.day;
  // Date takes the 30th of February for a day in March.
  if (day === undefined || !isDay(day)) return undefined;
  return new Date(text.toUpperCase());
}

/** The later of two instants. */
export const laterOf = (a: Date, b: Date): Date => (a > b ? a : b);

function isDay(day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
}
