import type { IncomingMessage } from 'node:http';
import { sessionIn } from '@cleanroom/service-kit/edge';
import { isOwnOrigin, isOwnReading } from '../../domain/allowed-origin.js';
import { bearerToken } from '../../domain/bearer-token.js';
import type { Credential } from '../../ports.js';

/**
 * What a request shows of who sends it. Browsers send a cookie along whoever's page asks them to: it counts only where the
 * page is one of this installation.
 */
export function shownCredential(
  { method, headers }: IncomingMessage,
  publicOrigin: string,
): Credential | undefined {
  const token = bearerToken(headers.authorization);
  if (token !== undefined) return { kind: 'token', secret: token };
  const isOurs = isOwnOrigin(headers.origin, headers.host, publicOrigin) || isOwnReading(method, headers);
  const session = isOurs ? sessionIn(headers.cookie) : undefined;
  return session === undefined ? undefined : { kind: 'session', secret: session };
}
