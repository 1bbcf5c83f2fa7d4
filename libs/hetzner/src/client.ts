import { systemClock, type Clock } from '@cleanroom/kernel';
import { actionMethods, type ActionMethods } from './action-methods.js';
import { catalogueMethods, type CatalogueMethods } from './catalogue-methods.js';
import { firewallMethods, type FirewallMethods } from './firewall-methods.js';
import { primaryIpMethods, type PrimaryIpMethods } from './primary-ip-methods.js';
import { Requests } from './requests.js';
import { serverMethods, type ServerMethods } from './server-methods.js';
import { sshKeyMethods, type SshKeyMethods } from './ssh-key-methods.js';
import { Transport } from './transport.js';

export interface HetznerClientOptions {
  /** Base address with its version, such as `https://api.hetzner.cloud/v1`. */
  readonly endpoint: string;
  /** Of one project, read-write. A function is asked anew for every request. */
  readonly token: string | (() => string);
  /** How the project is called in {@link onHetznerCall}. @default its calls are told without a name */
  readonly project?: string;
  /** How requests are sent. @default the platform's fetch */
  readonly fetch?: typeof fetch;
  /** The clock of `retryAt` and of waiting for the rate limit: the product's. @default the system's */
  readonly clock?: Clock;
  /** Longest time for one request and its repetitions, real milliseconds. @default 15000 */
  readonly timeoutMs?: number;
}

/**
 * All that we say to one Hetzner project, and nothing more: see `operations.ts`. One instance per project and
 * process, because the rate limit is the project's.
 *
 * Every method throws `HetznerError` and nothing else. Readings and deletions repeat themselves twice after
 * failures that may pass; nothing else is ever sent twice: after `unknown-outcome` the caller has to look.
 */
export interface HetznerClient
  extends CatalogueMethods, SshKeyMethods, PrimaryIpMethods, ServerMethods, ActionMethods, FirewallMethods {}

/** A client for one project. Sends nothing by itself. */
export function createHetznerClient(options: HetznerClientOptions): HetznerClient {
  const { endpoint, token, clock = systemClock, timeoutMs = 15_000 } = options;
  const requests = new Requests(
    new Transport({
      endpoint,
      token: typeof token === 'string' ? () => token : token,
      fetch: options.fetch ?? fetch,
      clock,
      timeoutMs,
      project: options.project,
    }),
  );
  return {
    ...catalogueMethods(requests),
    ...sshKeyMethods(requests),
    ...primaryIpMethods(requests),
    ...serverMethods(requests),
    ...actionMethods(requests),
    ...firewallMethods(requests),
  };
}
