/**
 * What a failed call means for the caller.
 *
 * - `unauthorized`: the token is wrong, expired or revoked; nothing was done.
 * - `forbidden`: the token may not do this (role, scope or plan); nothing was done.
 * - `not-found`: the thing does not exist, or the token may not know that it does.
 * - `invalid`: GitLab refused the request as it stands; repeating it is no use.
 * - `conflict`: the state of the thing does not allow it.
 * - `rate-limited`: nothing was done; ask again at `retryAt`.
 * - `unknown-outcome`: a write was sent and its answer is lost, so it may or may not have happened.
 * - `unavailable`: a read failed, or a write never left this machine; ask again later.
 */
export type GitLabErrorKind =
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'invalid'
  | 'conflict'
  | 'rate-limited'
  | 'unknown-outcome'
  | 'unavailable';

export interface GitLabErrorDetails {
  readonly kind: GitLabErrorKind;
  /** Method and path without the query, such as `POST user/runners`. */
  readonly operation: string;
  /** HTTP status; absent where no answer came. */
  readonly status?: number;
  /** Only for `rate-limited`: when GitLab wants to be asked again, by the wall clock. */
  readonly retryAt?: Date;
}

/** A call to GitLab that failed. Neither its message nor its fields ever hold a token. */
export class GitLabError extends Error {
  readonly kind: GitLabErrorKind;
  readonly operation: string;
  readonly status: number | undefined;
  readonly retryAt: Date | undefined;

  constructor(message: string, { kind, operation, status, retryAt }: GitLabErrorDetails) {
    super(`${operation}: ${withoutSecrets(message)}`);
    this.name = 'GitLabError';
    this.kind = kind;
    this.operation = operation;
    this.status = status;
    this.retryAt = retryAt;
  }
}

/** Whether the thing that was asked for does not exist (any more). */
export const isNotFound = (error: unknown): boolean =>
  error instanceof GitLabError && error.kind === 'not-found';

const MAX_MESSAGE = 300;
const TOKENS = /\b(?:gl[a-z]{2,6}-|whsec_)[\w.+/=-]+/g;

/** GitLab's own sentences may repeat what was sent. */
function withoutSecrets(text: string): string {
  return text.replace(TOKENS, '[token]').slice(0, MAX_MESSAGE);
}
