/** The stable codes of `UserErrorCode` in the public API. */
export const refusalCodes = [
  'INVALID',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'NOT_ALLOWED',
  'IN_USE',
  'CREDENTIALS_INVALID',
  'LIMIT_EXCEEDED',
  'BUDGET_EXHAUSTED',
  'CONFLICT',
] as const;

export type RefusalCode = (typeof refusalCodes)[number];

/** An expected refusal of something that a caller asked for; becomes one entry of `userErrors`. */
export interface Refusal {
  readonly code: RefusalCode;
  /** A sentence for a person. Never holds a secret or an internal detail. */
  readonly message: string;
  /** The input field at fault, such as `['input', 'locations', '0']`. */
  readonly path: readonly string[];
}

export const refusal = (code: RefusalCode, message: string, ...path: string[]): Refusal => ({
  code,
  message,
  path,
});
