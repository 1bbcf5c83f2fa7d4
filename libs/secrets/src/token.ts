import { createHash, randomBytes } from 'node:crypto';
import { Secret } from './secret.js';

/** Of every token: what Hetzner's own have, and some of its clients insist on. */
const TOKEN_CHARACTERS = 64;
const CHECK_CHARACTERS = 6;

/**
 * A new token: prefix, randomness, and a check that lets a typing mistake be told from a wrong token; 64 characters.
 *
 * @param prefix up to 14 characters, which leave 256 bits of randomness
 */
export function newToken(prefix: string): Secret {
  const random = randomBytes(TOKEN_CHARACTERS).toString('base64url');
  const body = `${prefix}_${random}`.slice(0, TOKEN_CHARACTERS - CHECK_CHARACTERS);
  return new Secret(`${body}${check(body)}`);
}

/** Whether a text can be a token with this prefix at all; costs no look-up. */
export function isToken(prefix: string, text: string): boolean {
  const body = text.slice(0, -CHECK_CHARACTERS);
  return body.startsWith(`${prefix}_`) && text.slice(-CHECK_CHARACTERS) === check(body);
}

/** What is stored of a token. Its randomness makes a slow hash needless. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

const check = (body: string): string =>
  createHash('sha256').update(body).digest('hex').slice(0, CHECK_CHARACTERS);
