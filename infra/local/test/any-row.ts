import type { ServiceDatabase } from '@cleanroom/testing';

/** A row of a table in SQL: each column that can be written, and a value for it. */
export interface AnyRow {
  readonly table: string;
  readonly columns: readonly string[];
  readonly values: readonly string[];
}

const COLUMNS = `
  SELECT quote_ident(attname) AS name, format_type(atttypid, NULL) AS type,
    (SELECT string_agg(pg_get_constraintdef(c.oid), ' ') FROM pg_constraint c
      WHERE c.conrelid = a.attrelid AND c.contype = 'c' AND c.conkey = ARRAY[a.attnum]) AS checks
  FROM pg_attribute a
  WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = '' AND attgenerated = ''
  ORDER BY attnum`;

/** By type; `place` grows from column to column, so that what ends does so after it began. */
const valueOf: Readonly<Record<string, (n: number, place: number) => string>> = {
  text: (n) => `'x${n}'`,
  bigint: (n) => String(n),
  integer: (n) => String(n),
  smallint: (n) => String(n),
  numeric: (n) => String(n),
  'double precision': (n) => String(n),
  boolean: () => 'false',
  jsonb: () => `'{}'`,
  xid8: (n) => `xid8 '${n}'`,
  bytea: (n) => `decode('0${n}', 'hex')`,
  date: (n) => `'2026-03-0${n}'`,
  'text[]': () => `'{}'`,
  'timestamp with time zone': (n, place) => `timestamptz '2026-03-0${n} 08:00Z' + interval '${place} min'`,
};

/**
 * A row that a table takes, whatever its columns mean; the `n`th differs from the others.
 *
 * @throws RangeError for a type that nobody has met yet
 */
export async function anyRow(db: ServiceDatabase, table: string, n: number): Promise<AnyRow> {
  const columns = (await db.asAdmin(COLUMNS, [table])) as {
    name: string;
    type: string;
    checks: string | null;
  }[];
  const values = columns.map(({ name, type, checks }, place) => {
    const [allowed] = /'[^']+'(?=::text)/.exec(checks ?? '') ?? [];
    const value = valueOf[type];
    if (!value)
      throw new RangeError(`${table}.${name} is of type ${type}: say what a value of it looks like`);
    return type === 'text' && allowed ? allowed : value(n, place);
  });
  return { table, columns: columns.map(({ name }) => name), values };
}
