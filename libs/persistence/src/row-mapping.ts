const toSnake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const toCamel = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** A row with the names of the domain. Integers of PostgreSQL's bigint arrive as text; those named become numbers. */
export function fromRow<T>(row: Record<string, unknown>, bigints: readonly string[]): T {
  const named = Object.entries(row).map(([column, value]) => {
    const name = toCamel(column);
    return [name, bigints.includes(name) ? Number(value) : value];
  });
  return Object.fromEntries(named) as T;
}

/** `SET` of an UPDATE and its parameters, numbered from `first`; only what the patch names is written. */
export function assignments(patch: object, first: number): { sql: string; values: unknown[] } {
  const entries = Object.entries(patch).filter(([, value]) => value !== undefined);
  const sql = entries.map(([name], index) => `${toSnake(name)} = $${index + first}`).join(', ');
  return { sql, values: entries.map(([, value]) => value as unknown) };
}

/** Columns and placeholders of an INSERT, and its parameters. */
export function insertion(row: object): { columns: string; placeholders: string; values: unknown[] } {
  const entries = Object.entries(row);
  return {
    columns: entries.map(([name]) => toSnake(name)).join(', '),
    placeholders: entries.map((_, index) => `$${index + 1}`).join(', '),
    values: entries.map(([, value]) => value as unknown),
  };
}
