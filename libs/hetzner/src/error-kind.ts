import type { HetznerErrorKind } from './hetzner-error.js';

/** An error answer as far as its kind depends on it. */
export interface ErrorAnswer {
  readonly httpStatus: number;
  /** Hetzner's code; empty where the body was not Hetzner's JSON, as behind a broken proxy. */
  readonly code: string;
  readonly message: string;
  /** Whether the request could have changed something. */
  readonly write: boolean;
}

const byCode: Record<string, HetznerErrorKind> = {
  unauthorized: 'unauthorized',
  token_readonly: 'readonly-token',
  forbidden: 'forbidden',
  resource_limit_exceeded: 'limit-exceeded',
  not_found: 'not-found',
  firewall_resource_not_found: 'not-found',
  uniqueness_error: 'name-taken',
  conflict: 'conflict',
  resource_in_use: 'conflict',
  firewall_already_applied: 'conflict',
  locked: 'locked',
  resource_locked: 'locked',
  protected: 'protected',
  resource_unavailable: 'sold-out',
  placement_error: 'sold-out',
  primary_ip_version_mismatch: 'invalid',
  must_be_unassigned: 'must-be-unassigned',
  rate_limit_exceeded: 'rate-limited',
  // These two say that nothing was begun, unlike the 5xx answers.
  maintenance: 'unavailable',
  service_error: 'unavailable',
};

const byStatus: Record<number, HetznerErrorKind> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  410: 'invalid',
  412: 'sold-out',
  423: 'locked',
  429: 'rate-limited',
};

/** Sorts an error answer into what a caller can do about it. */
export function errorKind({ httpStatus, code, message, write }: ErrorAnswer): HetznerErrorKind {
  // A 5xx says nothing about whether the work was done before the answer was lost.
  // Nor does a 404 that is not Hetzner's own: a proxy's page about it says nothing about the thing.
  if (httpStatus >= 500 || (httpStatus === 404 && code === ''))
    return write ? 'unknown-outcome' : 'unavailable';
  if (isSoldOutInDisguise(code, message)) return 'sold-out';
  return byCode[code] ?? byStatus[httpStatus] ?? 'invalid';
}

/** Hetzner says "sold out" in a second way: as an invalid location of an otherwise valid order. */
const isSoldOutInDisguise = (code: string, message: string): boolean =>
  code === 'invalid_input' && /unsupported location for server type/i.test(message);
