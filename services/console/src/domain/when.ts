const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options });

const day = format({ weekday: 'short', day: 'numeric', month: 'short' });
const second = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** Mon 30 Nov, in UTC. */
export const dayOf = (at: string | number): string => day.format(new Date(at)).replace(',', '');

/** 14:48:42, in UTC. */
export const timeOf = (at: string | number): string => second.format(new Date(at));

/** Mon 30 Nov, 14:48:42, in UTC. */
export const momentOf = (at: string | number): string => `${dayOf(at)}, ${timeOf(at)}`;

/** Events by their day, in the order in which they come. */
export function byDay<Event extends { readonly at: string }>(
  events: readonly Event[],
): { readonly day: string; readonly events: readonly Event[] }[] {
  const days = new Map<string, Event[]>();
  for (const event of events) {
    const of = dayOf(event.at);
    days.set(of, [...(days.get(of) ?? []), event]);
  }
  return [...days].map(([of, its]) => ({ day: of, events: its }));
}
