/** Longer than any token of ours; more is not looked at. */
const MOST_CHARACTERS = 1_024;

/** The token of an `Authorization: Bearer …` value; `undefined` when there is none. */
export function bearerToken(authorization: unknown): string | undefined {
  if (typeof authorization !== 'string' || authorization.length > MOST_CHARACTERS) return undefined;
  return /^Bearer +([\x21-\x7e]+) *$/i.exec(authorization)?.[1];
}

/**
 * The token of a WebSocket's first message: under `authorization` in any case, also within `headers`, with or without
 * the word Bearer; clients differ in it.
 */
export function socketToken(connectionParams: unknown): string | undefined {
  const params = asRecord(connectionParams);
  const value =
    valueOf(params, 'authorization') ?? valueOf(asRecord(valueOf(params, 'headers')), 'authorization');
  if (typeof value !== 'string') return undefined;
  return bearerToken(value) ?? bearerToken(`Bearer ${value}`);
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

function valueOf(record: Record<string, unknown>, name: string): unknown {
  const key = Object.keys(record).find((candidate) => candidate.toLowerCase() === name);
  return key === undefined ? undefined : record[key];
}
