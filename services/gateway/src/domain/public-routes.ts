/** Whether a caller of a route must have proved to be an enrolled machine. */
export type MachineProofRule = 'required' | 'ignored';

/** A route that is passed on to a service as it is. */
export interface PublicRoute {
  readonly service: 'identity' | 'provisioning' | 'scheduling' | 'billing';
  readonly machineProof: MachineProofRule;
  /** Only for users of an organisation, by their API token or from the console. */
  readonly user?: 'required';
  /** Gets the browser's cookies, which no other route does; only pages of this installation may change anything there. */
  readonly cookies?: 'passed';
}

const exact: Record<string, PublicRoute> = {
  // Its proof is of a key that nobody knows yet: identity checks it with the ticket.
  '/machine/v1/enrol': { service: 'identity', machineProof: 'ignored' },
  '/machine/v1/token': { service: 'identity', machineProof: 'required' },
  '/machine/v1/runner': { service: 'provisioning', machineProof: 'required' },
  '/machine/v1/report': { service: 'provisioning', machineProof: 'required' },
  '/auth/session': { service: 'identity', machineProof: 'ignored', cookies: 'passed' },
};

const below: Record<string, PublicRoute> = {
  '/oidc/': { service: 'identity', machineProof: 'ignored' },
  '/billing/statements/': { service: 'billing', machineProof: 'ignored', user: 'required' },
  '/webhooks/': { service: 'scheduling', machineProof: 'ignored' },
};

/**
 * The route of a path without its query; `undefined` for everything that is not public. A path that another program
 * could read differently (dot segments, escapes, doubled slashes) has no route: it might lead past this table.
 */
export function publicRoute(path: string): PublicRoute | undefined {
  const isPlain = /^(\/[\w~.-]+)+\/?$/.test(path) && !/\/\.{1,2}(\/|$)/.test(path);
  if (!isPlain) return undefined;
  if (Object.hasOwn(exact, path)) return exact[path];
  return Object.entries(below).find(([prefix]) => path.startsWith(prefix))?.[1];
}
