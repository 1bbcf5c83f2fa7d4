/** What a caller of a route must have proved about being a machine. */
export type MachineProofRule = 'required' | 'optional' | 'ignored';

/** A route that is passed on to a service as it is. */
export interface PublicRoute {
  readonly service: 'identity' | 'provisioning' | 'scheduling' | 'billing';
  readonly machineProof: MachineProofRule;
  /** Only for users of an organisation, by their API token. */
  readonly apiToken?: 'required';
  /** How refusals are written; relying parties and agents know OAuth's words. */
  readonly errors: 'plain' | 'oauth';
}

const exact: Record<string, PublicRoute> = {
  '/machine/v1/enrol': { service: 'identity', machineProof: 'optional', errors: 'plain' },
  '/machine/v1/token': { service: 'identity', machineProof: 'required', errors: 'oauth' },
  '/machine/v1/runner': { service: 'provisioning', machineProof: 'required', errors: 'plain' },
  '/machine/v1/report': { service: 'provisioning', machineProof: 'required', errors: 'plain' },
};

const below: Record<string, PublicRoute> = {
  '/oidc/': { service: 'identity', machineProof: 'ignored', errors: 'oauth' },
  '/billing/statements/': {
    service: 'billing',
    machineProof: 'ignored',
    apiToken: 'required',
    errors: 'plain',
  },
  '/webhooks/': { service: 'scheduling', machineProof: 'ignored', errors: 'plain' },
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
