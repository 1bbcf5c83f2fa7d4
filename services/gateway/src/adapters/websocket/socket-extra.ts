import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import type { Credential, KnownUser } from '../../ports.js';

/** What is kept of one socket. */
export interface SocketExtra {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  readonly closed: AbortSignal;
  user?: KnownUser;
  by?: Credential['kind'];
}
