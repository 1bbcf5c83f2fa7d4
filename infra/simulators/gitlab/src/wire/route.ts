import type { IncomingHttpHeaders } from 'node:http';
import type { AccessToken } from '../access-tokens.js';
import type { Answer } from './answer.js';

/** A request, as far as handlers look at it. */
export interface ApiRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed JSON or form; a Buffer for anything else; an empty object where nothing was sent. */
  readonly body: unknown;
  readonly headers: IncomingHttpHeaders;
  /** Of the socket, whatever headers say. */
  readonly sourceAddress: string;
}

interface RouteFacts {
  /** Its name in faults and in the ledger. */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  /** In bytes. @default that of the simulator */
  readonly bodyLimit?: number;
}

/** An operation for people and programs, who come with an access token. */
export interface UserRoute extends RouteFacts {
  /** The scopes that suffice, beside `api`; `any` where every token will do. */
  readonly scopes: readonly string[] | 'any';
  readonly handle: (request: ApiRequest, caller: AccessToken) => Answer | Promise<Answer>;
}

/** An operation for runners and jobs, whose tokens the handler checks, or for everyone. */
export interface OpenRoute extends RouteFacts {
  /** Whose token it is, for the ledger. */
  readonly caller: 'runner' | 'job' | null;
  readonly handle: (request: ApiRequest) => Answer | Promise<Answer>;
}

export type Route = UserRoute | OpenRoute;
