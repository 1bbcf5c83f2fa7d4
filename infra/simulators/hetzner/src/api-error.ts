/** A refusal in Hetzner's words. Clients of theirs fail when `details` is missing, so it is null at least. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: object | null = null,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  /** Set where the answer says null instead of the message. */
  isMute = false;

  body(): object {
    const message = this.isMute ? null : this.message;
    return { error: { code: this.code, message, details: this.details } };
  }
}

export const notFound = (what: string, id: number | string): ApiError =>
  new ApiError(404, 'not_found', `${what} with ID '${id}' not found`);

/** @param reasons why, by name of the field */
export function invalidInput(reasons: Record<string, string>): ApiError {
  const names = Object.keys(reasons);
  const fields = names.map((name) => ({ name, messages: [reasons[name]] }));
  const where =
    names.length === 1
      ? `field '${names[0]}': ${reasons[names[0] ?? '']}`
      : `fields ${names.map((name) => `'${name}'`).join(', ')}`;
  return new ApiError(422, 'invalid_input', `invalid input in ${where}`, { fields });
}

export const nameTaken = (what: string, field = 'name'): ApiError =>
  new ApiError(409, 'uniqueness_error', `${what} ${field} is already used`, { fields: [{ name: field }] });

/** @param limit Hetzner's name for it, such as `server_limit` */
export const limitExceeded = (what: string, limit: string): ApiError =>
  new ApiError(403, 'resource_limit_exceeded', `${what} limit exceeded`, { limits: [{ name: limit }] });

export const locked = (what: string): ApiError =>
  new ApiError(423, 'locked', `cannot perform operation because ${what} is locked`);

export const isProtected = (what: string): ApiError =>
  new ApiError(423, 'protected', `${what} is protected from this operation`);

/** @param entry of Hetzner's change log */
export const removed = (entry = ''): ApiError =>
  new ApiError(410, 'deprecated_api_endpoint', 'API functionality was removed', {
    announcement: `https://docs.hetzner.cloud/changelog${entry}`,
  });

export const inConflict = (): ApiError =>
  new ApiError(409, 'conflict', 'the resource has changed during the request, please retry');

/** What exists at Hetzner and not here. */
export const unsupported = (what: string): ApiError =>
  new ApiError(422, 'unsupported_error', `the simulator does not support ${what}`);
