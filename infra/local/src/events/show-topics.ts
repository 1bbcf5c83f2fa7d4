import { topics } from '@cleanroom/contracts';
import { lagOf, type EventBus, type WorkerQueries } from '@cleanroom/messaging';
import { table } from './table.js';
import { withDatabase } from './with-database.js';
import type { EventPlaces } from './event-places.js';

/** Kept and behind are counted in offsets, of which some may hold nothing any more: only the last of a key may be kept. */
type Row = [topic: string, producer: string, kept: number, group: string, behind: number];

/** Every topic with its readers and what each has still to do; then what waits inside the services. */
export async function showTopics(bus: EventBus, places: EventPlaces): Promise<string> {
  const groups = [...new Set(Object.values(topics).flatMap(({ consumers }) => consumers))];
  const rows = (await Promise.all(groups.map((group) => rowsOf(bus, group)))).flat();
  rows.sort(([one], [other]) => one.localeCompare(other));
  const parts = [table(['topic', 'from', 'kept at most', 'read by', 'behind'], rows)];
  const waiting = await Promise.all(
    Object.keys(places.databases).map((service) => withDatabase(places, service, (db) => waits(service, db))),
  );
  if (waiting.length > 0)
    parts.push(table(['service', 'outbox', 'oldest (s)', 'letters put aside'], waiting));
  return parts.join('\n\n');
}

async function rowsOf(bus: EventBus, group: string): Promise<Row[]> {
  const read = Object.values(topics).filter(({ consumers }) =>
    (consumers as readonly string[]).includes(group),
  );
  const positions = await bus.operator.positions(
    group,
    read.map(({ name }) => name),
  );
  return read.flatMap(({ name, producer }) => {
    const own = positions.filter(({ topic }) => topic === name);
    const sum = (of: (position: (typeof own)[number]) => number) =>
      own.reduce((all, one) => all + of(one), 0);
    const kept = sum(({ first, end }) => Number(end - first));
    return own.length > 0 ? [[name, producer, kept, group, sum(lagOf)] satisfies Row] : [];
  });
}

async function waits(service: string, { worker }: WorkerQueries): Promise<(string | number)[]> {
  const [row] = (await worker.query(
    `SELECT (SELECT count(*) FROM outbox)::int AS outbox,
       (SELECT COALESCE(EXTRACT(EPOCH FROM now() - min(appended_at)), 0) FROM outbox)::int AS oldest,
       (SELECT count(*) FROM dead_letter)::int AS letters`,
  )) as { outbox: number; oldest: number; letters: number }[];
  return [service, row?.outbox ?? 0, row?.oldest ?? 0, row?.letters ?? 0];
}
