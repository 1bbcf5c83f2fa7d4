/** The name of an order: deterministic, because names are the only idempotency key that Hetzner has. */
export const serverName = (runnerId: string, attempt: number): string =>
  `cr-${runnerId.replace(/^run_/, '')}-${attempt}`;

export interface ServerOwner {
  readonly installation: string;
  readonly organizationId: string;
  readonly poolId: string;
  readonly runnerId: string;
  readonly machineId: string;
  readonly attempt: number;
}

/** All of them must match before a server is taken for ours. */
export const serverLabels = (owner: ServerOwner): Record<string, string> => ({
  'cleanroom-installation': owner.installation,
  'cleanroom-organization': owner.organizationId,
  'cleanroom-pool': owner.poolId,
  'cleanroom-runner': owner.runnerId,
  'cleanroom-machine': owner.machineId,
  'cleanroom-attempt': String(owner.attempt),
});

const ourLabels = Object.keys(
  serverLabels({ installation: '', organizationId: '', poolId: '', runnerId: '', machineId: '', attempt: 0 }),
);

/** Whether a server says of itself all that ours do: one that says less may be somebody else's, and is not ours to delete. */
export const bearsAllLabels = (labels: Readonly<Record<string, string>>): boolean =>
  ourLabels.every((label) => Boolean(labels[label]));

/** Those that the server of a machine has to bear. */
export const labelsOfMachine = (
  installation: string,
  {
    id: machineId,
    organizationId,
    poolId,
    runnerId,
    attempt,
  }: Omit<ServerOwner, 'installation' | 'machineId'> & { id: string },
): Record<string, string> =>
  serverLabels({ installation, organizationId, poolId, runnerId, machineId, attempt });

/** Labels by which the firewalls of a pool's policies find its servers. */
export const policyLabels = (policyIds: readonly string[]): Record<string, string> =>
  Object.fromEntries(policyIds.map((id) => [`cleanroom-policy-${id}`, 'on']));

/** Clocks of two companies may differ by so much. */
const SKEW_MS = 60_000;

/** Whether a server is what was ordered: it has all the labels of the order and was not there before it. */
export const isOfOrder = (
  server: { readonly labels: Readonly<Record<string, string>>; readonly created: Date },
  labels: Readonly<Record<string, string>>,
  orderedAt: Date,
): boolean =>
  Object.entries(labels).every(([key, value]) => server.labels[key] === value) &&
  server.created.getTime() >= orderedAt.getTime() - SKEW_MS;

/**
 * Whether a server of ours belongs to a machine that lives: its own one, whatever somebody made of its labels, or the one
 * that is just being ordered.
 */
export const belongsTo = (
  server: { readonly id: number; readonly labels: Readonly<Record<string, string>> },
  machine: { readonly id: string; readonly serverId: number; readonly attempt: number },
): boolean =>
  machine.serverId > 0
    ? machine.serverId === server.id
    : server.labels['cleanroom-machine'] === machine.id &&
      server.labels['cleanroom-attempt'] === String(machine.attempt);

/** What a generation's GitLab runner is called; of all that is known of a runner, lists show this. */
export const gitlabDescription = (machineId: string, generation: number): string =>
  `cr-${machineId}-g${generation}`;

/** Whether a GitLab runner may be ours by what it is called. */
export const isGitLabDescription = (text: string): boolean => /^cr-.+-g\d+$/.test(text);

/** Whose a GitLab runner is; only a look at that one runner shows it. */
export const gitlabMark = (installation: string, machineId: string, generation: number): string =>
  `cleanroom:${installation}:${machineId}:${generation}`;

/** What a mark of this installation says; `undefined` for anything else. */
export function readGitLabMark(
  installation: string,
  mark: string,
): { machineId: string; generation: number } | undefined {
  const [product, whose, machineId, generation, ...more] = mark.split(':');
  if (product !== 'cleanroom' || whose !== installation || !machineId || more.length > 0) return undefined;
  return /^\d+$/.test(generation ?? '') ? { machineId, generation: Number(generation) } : undefined;
}
