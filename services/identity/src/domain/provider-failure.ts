/** Why a provider did not do what it was asked; what a caller can do about it. */
export type ProviderFailure =
  | 'credentials-invalid'
  | 'read-only'
  | 'limit-exceeded'
  | 'name-taken'
  | 'location-refused'
  | 'not-found'
  | 'busy'
  | 'unreachable'
  | 'refused'
  /** It may have happened or not: look before asking again. */
  | 'unknown-outcome';

/** The provider takes nothing from us any more until somebody replaces the token. */
export const isAboutCredentials = (failure: ProviderFailure): boolean =>
  failure === 'credentials-invalid' || failure === 'read-only';
