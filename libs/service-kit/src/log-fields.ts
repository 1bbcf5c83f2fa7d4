import { context, createContextKey } from '@opentelemetry/api';

/** What every line says that is logged in the course of one piece of work. */
export interface LogFields {
  organization?: string;
  runner?: string;
  pool?: string;
  request_id?: string;
}

const KEY = createContextKey('cleanroom log fields');

/** Runs `work` so that every line it logs carries these fields beside those that already hold. */
export function withLogFields<T>(fields: LogFields, work: () => T): T {
  const active = context.active();
  return context.with(active.setValue(KEY, { ...activeLogFields(), ...fields }), work);
}

/** Adds to the fields of the work that is going on, once more of it is known; without such work, does nothing. */
export function addLogFields(fields: LogFields): void {
  Object.assign(context.active().getValue(KEY) ?? {}, fields);
}

/** The fields that hold here. */
export const activeLogFields = (): LogFields =>
  (context.active().getValue(KEY) as LogFields | undefined) ?? {};
