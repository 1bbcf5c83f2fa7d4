const UNITS = { D: 86_400, H: 3_600, M: 60, S: 1 } as const;

/** Seconds of an ISO 8601 duration of days, hours, minutes and seconds; `undefined` where the text is none. */
export function parseDuration(text: string): number | undefined {
  const match = /^P(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?$/.exec(text);
  if (!match || text.endsWith('T') || text === 'P') return undefined;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
  return Number(days) * UNITS.D + Number(hours) * UNITS.H + Number(minutes) * UNITS.M + Number(seconds);
}

/** The shortest way to write it, such as `PT5M` or `PT24H`. */
export function formatDuration(seconds: number): string {
  const hours = Math.floor(seconds / UNITS.H);
  const minutes = Math.floor((seconds % UNITS.H) / UNITS.M);
  const rest = seconds % UNITS.M;
  const parts = [hours && `${hours}H`, minutes && `${minutes}M`, rest && `${rest}S`].filter(Boolean);
  return parts.length > 0 ? `PT${parts.join('')}` : 'PT0S';
}
