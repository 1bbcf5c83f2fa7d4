import { signCall, verifyCall, type SignedCaller, type UsedNonces } from './call-signature.js';

/** Close code of a socket whose caller is not, or no longer, known. */
export const UNAUTHORIZED_CLOSE = 4401;
/** https://www.iana.org/assignments/websocket/websocket.xhtml */
const TRY_AGAIN_LATER = 1013;

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
export function socketCheck(
  gatewayKey: string,
  used: UsedNonces,
): (context: SocketContext) => Promise<boolean> {
  return async ({ connectionParams = {}, extra }) => {
    const expiresAt = String(connectionParams.expiresAt ?? '');
    const parts = { ...SOCKET_PARTS, body: expiresAt };
    const refuse = (code: number, reason: string) => (extra.socket.close(code, reason), false);
    let caller: SignedCaller | undefined;
    try {
      caller = await verifyCall(gatewayKey, { ...connectionParams }, parts, used);
    } catch {
      return refuse(TRY_AGAIN_LATER, 'Unavailable');
    }
    const left = new Date(expiresAt).getTime() - Date.now();
    if (!caller || !(left > 0)) return refuse(UNAUTHORIZED_CLOSE, 'Unauthorized');
    extra.caller = caller;
    const timer = setTimeout(
      () => extra.socket.close(UNAUTHORIZED_CLOSE, 'expired'),
      Math.min(left, 2 ** 31 - 1),
    );
    extra.socket.once('close', () => clearTimeout(timer));
    return true;
  };
}
