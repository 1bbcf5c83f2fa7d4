import { startedHours } from './billing-hours.js';
import type { LedgerEntry, Life, ResourceKind } from './ledger-entry.js';
import { span } from './life-span.js';

/** Faults that kept an answer from being heard whole. */
const SILENCING = new Set<string | null>(['lose_answer', 'truncate', 'reset']);

export function shownEntry(entry: LedgerEntry): object {
  if (entry.type === 'resource') return entry;
  const { seq, at, type, operation, method, calledPath: path, status, fault, remoteAddress } = entry;
  return { seq, at, type, operation, method, path, status, answerLost: SILENCING.has(fault), remoteAddress };
}

export function shownResource(
  kind: ResourceKind,
  { id, created, deleted, events, ...facts }: Pick<Life, 'id' | 'created' | 'deleted' | 'events'>,
  now: number,
): object {
  const { created: createdAt, deleted: deletedAt } = span({ created, deleted });
  return {
    kind,
    id,
    createdAt,
    deletedAt,
    startedHours: startedHours(created, deleted ?? now),
    facts,
    events,
  };
}
