import { refusal, type Refusal } from '@cleanroom/kernel';

/** Refuses what cannot be a Hetzner API token, before anybody is asked about it. */
export const checkHetznerToken = (token: string, ...path: string[]): Refusal[] =>
  /^[A-Za-z0-9]{64}$/.test(token)
    ? []
    : [refusal('CREDENTIALS_INVALID', 'A Hetzner API token has 64 letters and digits.', ...path)];

/** GitLab's tokens have many forms; all of them are printable, and a header carries nothing else. */
export const checkGitLabToken = (token: string, ...path: string[]): Refusal[] =>
  /^[\x21-\x7e]{1,512}$/.test(token)
    ? []
    : [refusal('CREDENTIALS_INVALID', 'A GitLab access token has no blanks and is not empty.', ...path)];
