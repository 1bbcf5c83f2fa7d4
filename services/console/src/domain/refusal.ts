/** Why something was not done; `path` leads to the field that it is about. */
export interface Refusal {
  readonly message: string;
  readonly path: readonly string[] | null;
}

/** The refusals of a field, or of something within it: a list is one field. */
export const refusalsAt = (refusals: readonly Refusal[], field: string): readonly Refusal[] =>
  refusals.filter(({ path }) => isWithin(path, field));

/** The refusals of a row or a list as a whole, not of a field within it. */
export const refusalsOf = (refusals: readonly Refusal[], row: string): readonly Refusal[] =>
  refusals.filter(({ path }) => path?.join('.') === row);

/** The refusals of none of these fields. */
export const refusalsElsewhere = (
  refusals: readonly Refusal[],
  fields: readonly string[],
): readonly Refusal[] => refusals.filter(({ path }) => !fields.some((field) => isWithin(path, field)));

function isWithin(path: Refusal['path'], field: string): boolean {
  const joined = path?.join('.') ?? '';
  return joined === field || joined.startsWith(`${field}.`);
}
