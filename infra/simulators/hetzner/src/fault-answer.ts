import type { Fault } from '@cleanroom/simulator-journal';
import { ApiError } from './api-error.js';

const RETRY_AFTER_SECONDS = 5;

const codes: Record<number, string> = {
  400: 'json_error',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  410: 'deprecated_api_endpoint',
  412: 'resource_unavailable',
  422: 'invalid_input',
  423: 'locked',
  429: 'rate_limit_exceeded',
  502: 'bad_gateway',
  503: 'unavailable',
  504: 'timeout',
};

/** What an injected failure answers. */
export function faultAnswer({ status, code, message, body }: Fault): ApiError {
  const own = code ?? codes[status] ?? 'server_error';
  const error = new ApiError(status, own, message ?? `injected ${own}`);
  error.isMute = body === 'null_message';
  return error;
}

/** What stands before Hetzner's API answers where the API is away. */
export const rawAnswer = (status: number): string =>
  `<html>\r\n<head><title>${status}</title></head>\r\n<body><center><h1>${status}</h1></center></body>\r\n</html>\r\n`;

/** What an injected 429 says about the rate limit. @param now virtual ms */
export const faultHeaders = (
  { status, retryAfter = RETRY_AFTER_SECONDS }: Fault,
  now: number,
): Record<string, string> =>
  status === 429
    ? {
        'ratelimit-remaining': '0',
        'ratelimit-reset': String(Math.ceil(now / 1000 + retryAfter)),
      }
    : {};
