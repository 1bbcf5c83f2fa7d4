import { refusal, type Refusal } from '@cleanroom/kernel';
import type { ProviderError } from '../ports.js';

/** Which inputs are at fault where a provider refuses. */
export interface ProviderPaths {
  readonly token: readonly string[];
  readonly address: readonly string[];
}

/** What a person can do about a provider's failure. Says the same of every address that gives no usable answer. */
export function refusalOf({ failure, message }: ProviderError, { token, address }: ProviderPaths): Refusal {
  switch (failure) {
    case 'credentials-invalid':
      return refusal('CREDENTIALS_INVALID', 'The token is not accepted.', ...token);
    case 'read-only':
      return refusal(
        'CREDENTIALS_INVALID',
        'The token may only read. Make one with read and write access.',
        ...token,
      );
    case 'limit-exceeded':
      return refusal('LIMIT_EXCEEDED', message, ...token);
    case 'busy':
      return refusal('INVALID', 'It is busy just now. Try again in a minute.', ...address);
    default:
      return refusal(
        'INVALID',
        'No usable answer came from this address. Try again, or check it.',
        ...address,
      );
  }
}
