import type { LedgerEvent } from '../ledger-event.js';
import type { LedgerEntry } from '../ledger.js';
import { jobRows, runnerRows } from '../ledger-views.js';
import type { World } from '../world.js';

const HOUR = 3_600_000;
/** Faults that kept an answer from being heard whole. */
const SILENCING = new Set<string | undefined>(['lose_answer', 'truncate', 'reset']);

type Happening = Exclude<LedgerEvent, { type: 'api-call' }>;

/** The ledger as `GET /_sim/ledger` shows it: entries after a number, and all jobs, runners and what happened to them. */
export function ledgerShown(
  { ledger, clock }: World,
  after: number,
): { entries: object[]; resources: object[] } {
  const entries = ledger.entries();
  const shown = entries.map((entry) => (entry.type === 'api-call' ? callOf(entry) : happeningOf(entry)));
  const now = clock.now().getTime();
  const events = eventsByResource(shown.filter((entry) => entry.type === 'resource'));
  const resource = (kind: string, id: number, createdAt: string, deletedAt: string | null, facts: object) => {
    const hours = (Date.parse(deletedAt ?? new Date(now).toISOString()) - Date.parse(createdAt)) / HOUR;
    const own = events.get(`${kind} ${id}`) ?? [];
    return {
      kind,
      id,
      createdAt,
      deletedAt,
      startedHours: Math.max(1, Math.ceil(hours)),
      facts,
      events: own,
    };
  };
  return {
    entries: shown.filter(({ seq }) => seq > after),
    resources: [
      ...runnerRows(entries).map(({ runnerId, createdAt, deletedAt, ...facts }) =>
        resource('runner', runnerId, createdAt, deletedAt, {
          ...facts,
          emptyPolls: ledger.emptyPollsOf(runnerId),
        }),
      ),
      ...jobRows(entries).map(({ jobId, queuedAt, ...facts }) =>
        resource('job', jobId, queuedAt, null, facts),
      ),
    ],
  };
}

type CallEntry = Extract<LedgerEntry, { type: 'api-call' }>;

const callOf = ({ seq, at, operation, method, calledPath, status, fault, sourceAddress }: CallEntry) => ({
  ...({ seq, at, type: 'call', operation, method, path: calledPath, status } as const),
  ...{ answerLost: SILENCING.has(fault), remoteAddress: sourceAddress },
});

function happeningOf(entry: Exclude<LedgerEntry, CallEntry>) {
  const { seq, at, realAt: _realAt, ...happening } = entry;
  return { seq, at, type: 'resource' as const, ...described(happening) };
}

function described(happening: Happening): { kind: string; id: number; what: string; facts: object } {
  if (happening.type === 'webhook-delivery') {
    const { type: _type, hookId, outcome, ...facts } = happening;
    return { kind: 'webhook', id: hookId, what: outcome, facts };
  }
  const [kind = '', what = ''] = happening.type.split('-');
  if ('runnerId' in happening && kind === 'runner') {
    const { type: _type, runnerId, ...facts } = happening;
    return { kind, id: runnerId, what, facts };
  }
  const { type: _type, jobId, ...facts } = happening as Extract<Happening, { type: `job-${string}` }>;
  return { kind, id: jobId, what, facts };
}

function eventsByResource(happenings: readonly ReturnType<typeof happeningOf>[]): Map<string, object[]> {
  const events = new Map<string, object[]>();
  for (const { kind, id, seq, at, what, facts } of happenings) {
    const own = events.get(`${kind} ${id}`) ?? [];
    events.set(`${kind} ${id}`, own);
    own.push({ seq, at, what, facts });
  }
  return events;
}
