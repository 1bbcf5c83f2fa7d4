import type { Project } from './state.js';
import type { World } from './world.js';

/** A request that passed authentication, rate limit and faults. */
export interface ApiRequest {
  readonly project: Project;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The parsed JSON; undefined where there was none. */
  readonly body: unknown;
  /** The address that was asked for, without its query: links to other pages begin with it. */
  readonly address: string;
}

export interface Answer {
  readonly status: 200 | 201 | 204;
  readonly body?: object;
  /** `Link` header of a page. */
  readonly link?: string;
  /** For the ledger: what the call was about. */
  readonly resourceId?: number;
}

/** One operation of the API, named as the official description names it. */
export interface Route {
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/v1`; parameters in braces. */
  readonly path: string;
  /** Carries it out at once and wholly, or throws an ApiError and changes nothing. */
  handle(world: World, request: ApiRequest): Answer;
}
