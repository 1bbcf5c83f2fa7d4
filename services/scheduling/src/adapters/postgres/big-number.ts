/**
 * PostgreSQL's bigint as a number. The driver gives it as text, because it could be larger than a number holds;
 * GitLab's ids and our versions never are.
 */
export const bigNumber = {
  to: (value: number | null): number | null => value,
  from: (value: string | null): number | null => (value === null ? null : Number(value)),
};
