/** The last minute mark of a day: 24:00, which only an end may be. */
export const MINUTES_PER_DAY = 24 * 60;

/**
 * Reads `HH:MM` as minutes since midnight; 24:00 is 1440.
 *
 * @returns undefined where the text is no such time
 */
export const parseLocalTime = (text: string): number | undefined => {
  const match = /^(\d{2}):(\d{2})$/.exec(text);
  if (!match) return undefined;
  const [hours, minutes] = [Number(match[1]), Number(match[2])];
  if (minutes > 59) return undefined;
  const total = hours * 60 + minutes;
  return total <= MINUTES_PER_DAY ? total : undefined;
};

/** The opposite of `parseLocalTime`. */
export const formatLocalTime = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
