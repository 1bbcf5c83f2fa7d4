import type Holidays from 'date-holidays';
import type { Holiday } from '../../domain/schedule.js';
import type { PublicHolidays } from '../../ports.js';

type Calendar = typeof Holidays;

/** A country, or a part of one that has days of its own: "DE", "DE-BY", "DE-BY-A". */
type Place = readonly [country: string, state?: string, region?: string];

const DAY = 86_400_000;

let loading: Promise<Calendar> | undefined;
// Its data takes some 50 MB and a third of a second, so it is loaded once a schedule names a country, and not before.
const calendar = (): Promise<Calendar> =>
  (loading ??= import('date-holidays').then(({ default: Holidays }) => Holidays));

/** What was computed once stays true: a few years of every place that some schedule names. */
const years = new Map<string, readonly Holiday[]>();

/** Public holidays by country, state and region, from the data that `date-holidays` brings along; no network. */
export const publicHolidays: PublicHolidays = {
  async find(code) {
    return placeOf(await calendar(), code)?.join('-');
  },
  async around(code, at) {
    const Holidays = await calendar();
    const year = at.getUTCFullYear();
    // From the year before, which it may still be in some zone, to beyond every search.
    return [year - 1, year, year + 1, year + 2].flatMap((each) => ofYear(Holidays, code, each));
  },
};

function ofYear(Holidays: Calendar, code: string, year: number): readonly Holiday[] {
  const key = `${code} ${year}`;
  const known = years.get(key) ?? compute(Holidays, code, year);
  years.set(key, known);
  return known;
}

function compute(Holidays: Calendar, code: string, year: number): Holiday[] {
  const place = placeOf(Holidays, code);
  if (!place) return [];
  const [country, state = '', region = ''] = place;
  // In UTC a date is a date; which instants it covers in the team's zone is for the schedule to say.
  const options = { types: ['public' as const], languages: 'en', timezone: 'UTC' };
  const found = new Holidays(country, state, region, options).getHolidays(year);
  return found.flatMap(({ start, end, name }) =>
    datesOf(start.getTime(), end.getTime()).map((date) => ({ date, name })),
  );
}

/** Some holidays begin at sunset, some last for days, some take an afternoon: a date counts if most of it is taken. */
function datesOf(start: number, end: number): string[] {
  const dates: string[] = [];
  for (let day = Math.floor(start / DAY) * DAY; day < end; day += DAY) {
    const taken = Math.min(end, day + DAY) - Math.max(start, day);
    if (taken > DAY / 2) dates.push(new Date(day).toISOString().slice(0, 10));
  }
  return dates;
}

function placeOf(Holidays: Calendar, code: string): Place | undefined {
  const known = new Holidays();
  const [country = '', state, region, ...rest] = code.split('-');
  const inWorld = keyIn(known.getCountries(), country);
  if (inWorld === undefined || rest.length > 0) return undefined;
  if (state === undefined) return [inWorld];
  const inCountry = keyIn(known.getStates(inWorld), state);
  if (inCountry === undefined) return undefined;
  if (region === undefined) return [inWorld, inCountry];
  const inState = keyIn(known.getRegions(inWorld, inCountry), region);
  return inState === undefined ? undefined : [inWorld, inCountry, inState];
}

/** The code as the calendar writes it, in whichever case it was given; undefined where there is none. */
const keyIn = (known: Record<string, string> | undefined, code: string): string | undefined =>
  Object.keys(known ?? {}).find((key) => key.toLowerCase() === code.toLowerCase());
