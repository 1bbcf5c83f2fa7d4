import { signCall, verifyCall, type SignedCaller } from './call-signature.js';
import { RecentNonces } from './recent-nonces.js';

/** Close code of a socket whose caller is not, or no longer, known. */
export const UNAUTHORIZED_CLOSE = 4401;

/** What the gateway's `connectionParams` are signed as. */
export const SOCKET_PARTS = { method: 'WS', path: '/graphql' } as const;

/** A graphql-ws connection, as far as the check needs it. */
export interface SocketContext {
  connectionParams?: Readonly<Record<string, unknown>>;
  extra: {
    socket: { close(code: number, reason: string): void; once(event: 'close', listener: () => void): void };
    caller?: SignedCaller;
  };
}

/** The `connectionParams` of a socket that must end at `expiresAt`; good for one hello. */
export function signSocket(key: string, caller: SignedCaller, expiresAt: Date): Record<string, string> {
  const body = expiresAt.toISOString();
  return { ...signCall(key, caller, { ...SOCKET_PARTS, body }), expiresAt: body };
}

/**
 * Checks a WebSocket when it says hello, because upgrades pass by HTTP hooks. The gateway signs the caller together
 * with the moment at which the connection must end (`expiresAt`, ISO 8601, as the signed body).
 */
export function socketCheck(gatewayKey: string): (context: SocketContext) => boolean {
  const used = new RecentNonces();
  return ({ connectionParams = {}, extra }) => {
    const expiresAt = String(connectionParams.expiresAt ?? '');
    const caller = verifyCall(
      gatewayKey,
      { ...connectionParams },
      { ...SOCKET_PARTS, body: expiresAt },
      used,
    );
    const left = new Date(expiresAt).getTime() - Date.now();
    if (!caller || !(left > 0)) {
      extra.socket.close(UNAUTHORIZED_CLOSE, 'Unauthorized');
      return false;
    }
    extra.caller = caller;
    const timer = setTimeout(
      () => extra.socket.close(UNAUTHORIZED_CLOSE, 'expired'),
      Math.min(left, 2 ** 31 - 1),
    );
    extra.socket.once('close', () => clearTimeout(timer));
    return true;
  };
}
