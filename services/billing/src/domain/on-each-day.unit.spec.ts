import fc from 'fast-check';
import { localDays } from './local-days.js';
import { onEachDay } from './on-each-day.js';

const HOUR_MS = 3_600_000;
const from = new Date('2026-10-20T07:30:00Z');
const now = new Date('2026-10-29T12:00:00Z');
/** With the day in it that has 25 hours. */
const days = localDays({ from, to: new Date('2026-11-02T11:00:00Z') }, 'Europe/Berlin');

interface Thing {
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

const around = fc.integer({ min: -72, max: 400 }).map((hours) => new Date(from.getTime() + hours * HOUR_MS));
const things: fc.Arbitrary<Thing[]> = fc.array(
  fc.record({ startedAt: around, endedAt: fc.option(around) }).map(({ startedAt, endedAt }) => ({
    startedAt,
    endedAt: endedAt && endedAt < startedAt ? startedAt : endedAt,
  })),
);
const on = (all: readonly Thing[]) => onEachDay(all, days, { meterOf: (thing) => thing, now });

it('finds on each day what looking at every day would find', () => {
  fc.assert(
    fc.property(things, (all) => {
      const wasThere = ({ startedAt, endedAt }: Thing, day: { from: Date; to: Date }) =>
        startedAt < day.to && (endedAt ?? (now < startedAt ? startedAt : now)) >= day.from;
      expect(on(all)).toEqual(days.map((day) => all.filter((thing) => wasThere(thing, day))));
    }),
  );
});

it('looks at each thing once, however many days there are', () => {
  let looks = 0;
  const thing = {
    get startedAt() {
      looks += 1;
      return from;
    },
    endedAt: from,
  };
  expect(on([thing]).flat()).toHaveLength(1);
  expect(looks).toBe(1);
});
