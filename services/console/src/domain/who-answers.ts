/** Something of an answer that is not there. */
export interface MissingPart {
  readonly code: string;
  readonly path: readonly (string | number)[];
}

/** Fields and the services that alone can answer them; the innermost counts. */
const SERVICE_OF: Readonly<Record<string, string>> = {
  runnerPools: 'provisioning',
  runnerPool: 'provisioning',
  runners: 'provisioning',
  runner: 'provisioning',
  pool: 'provisioning',
  pools: 'provisioning',
  runnerChanged: 'provisioning',
  viewer: 'identity',
  staticIp: 'identity',
  staticIps: 'identity',
  identity: 'identity',
  gitlab: 'identity',
  hetznerProject: 'identity',
  firewall: 'firewall',
  firewallPolicies: 'firewall',
  capacity: 'scheduling',
  jobs: 'scheduling',
  currentJob: 'scheduling',
  schedule: 'scheduling',
  schedules: 'scheduling',
  cost: 'billing',
  costToDate: 'billing',
  costReport: 'billing',
  budget: 'billing',
};

/** The services that did not answer, each once. */
export function silentServices(missing: readonly MissingPart[]): string[] {
  const silent = missing.filter(({ code }) => code === 'SERVICE_UNAVAILABLE');
  const names = silent.map(({ path }) =>
    path
      .map((part) => SERVICE_OF[part])
      .filter((name) => name !== undefined)
      .at(-1),
  );
  return [...new Set(names.filter((name) => name !== undefined))];
}

/** The billing service does not answer at the moment. */
export function silence(services: readonly string[]): string {
  const [first, ...others] = services;
  if (first === undefined) return '';
  if (others.length === 0) return `The ${first} service does not answer at the moment.`;
  return `The ${services.slice(0, -1).join(', ')} and ${services.at(-1)} services do not answer at the moment.`;
}

/** Why a field has no value, as a sentence; `undefined` where nothing went wrong with it: then there is none. */
export function whyMissing(missing: readonly MissingPart[], field: string): string | undefined {
  const about = missing.filter(({ path }) => path.includes(field));
  if (about.length === 0) return undefined;
  return silence(silentServices(about)) || 'It could not be read.';
}
