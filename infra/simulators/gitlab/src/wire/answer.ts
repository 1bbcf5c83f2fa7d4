/** What a handler answers. */
export interface Answer {
  readonly status: number;
  /** Sent as JSON; nothing is sent where it is undefined. */
  readonly body?: unknown;
  /** Sent as it is, instead of a body. */
  readonly text?: string;
  /** Sent as it is, instead of a body. */
  readonly file?: { readonly type: string; readonly content: Buffer };
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that ends the handling of a request, in GitLab's words. */
export class ApiError extends Error {
  constructor(readonly answer: Answer) {
    super(`HTTP ${answer.status}`);
  }
}

const refusal = (status: number, message: unknown, headers = {}): ApiError =>
  new ApiError({ status, body: { message }, headers });

export const unauthorized = (): ApiError => refusal(401, '401 Unauthorized');
/** Of a token that GitLab knows and does not take any more, it says so. */
export const revoked = (): ApiError =>
  new ApiError({
    status: 401,
    body: {
      error: 'invalid_token',
      error_description: 'Token was revoked. You have to re-authorize from the user.',
    },
  });
export const forbidden = (reason?: string, headers = {}): ApiError =>
  refusal(403, reason ? `403 Forbidden - ${reason}` : '403 Forbidden', headers);
export const notFound = (thing: string): ApiError => refusal(404, `404 ${thing} Not Found`);
export const badRequest = (sentence: string): ApiError => refusal(400, `400 Bad request - ${sentence}`);
export const invalidParameters = (sentence: string): ApiError =>
  new ApiError({ status: 400, body: { error: sentence } });
export const unprocessable = (sentence: string): ApiError => refusal(422, sentence);
