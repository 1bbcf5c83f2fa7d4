import { refusal, type Refusal } from '@cleanroom/kernel';
import { markedBy, markLabels } from '../domain/project-mark.js';
import {
  ProviderError,
  type Answer,
  type HetznerProject,
  type HetznerProjectCalls,
  type IdentityPorts,
  type ProviderMark,
} from '../ports.js';
import { refusalOf } from './provider-refusal.js';

const PATHS = { token: ['input', 'apiToken'], address: ['input', 'endpoint'] };

/** A project that carries our mark. */
export interface MarkedProject {
  readonly mark: ProviderMark;
  /** ISO 4217. */
  readonly currency: string;
}

export interface Claim {
  readonly organizationId: string;
  readonly hetznerProjectId: string;
  readonly endpoint: string;
}

/**
 * Claims a Hetzner project with a mark that only one can make. A mark of this organisation that belongs to no other
 * connected project is its own, or was left behind by a try that died, and is taken over.
 */
export async function markProject(
  ports: IdentityPorts,
  claim: Claim,
  calls: HetznerProjectCalls,
): Promise<Answer<MarkedProject>> {
  const { installation, transactions } = ports;
  const { organizationId, hetznerProjectId, endpoint } = claim;
  const labels = markLabels({ installation, ...claim });
  try {
    const used = await transactions.inOrganization(organizationId, ({ hetznerProjects }) =>
      hetznerProjects.everUsed(),
    );
    const others = used.filter(({ id }) => id !== hetznerProjectId);
    const currency = await calls.currency();
    const other = others.find((known) => known.currency !== null && known.currency !== currency);
    if (other) return { refusals: [otherCurrency(currency, other)] };
    const mark = (await calls.findMark()) ?? (await makeMark(calls, labels));
    if (markedBy(mark.labels, { installation, organizationId }).kind === 'somebody-else') {
      return { refusals: [foreign()] };
    }
    const connected = others.filter(({ deleted }) => !deleted);
    const same = connected.find((known) => known.sshKeyId === mark.id && known.endpoint === endpoint);
    if (same) return { refusals: [alreadyConnected(same.name)] };
    // Also where the labels are right already: only a write shows that the token may write.
    await calls.relabelMark(mark.id, labels);
    return { value: { mark, currency } };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { refusals: [refusalOf(error, PATHS)] };
  }
}

/**
 * A sum of two currencies would be no bill; what a project cost stays in the bill when it is disconnected. One that was
 * connected by mistake and never used cost nothing.
 */
const otherCurrency = (currency: string, other: HetznerProject): Refusal =>
  refusal(
    'CONFLICT',
    `Hetzner bills this project in ${currency}, and "${other.name}" in ${other.currency}: an organisation has one currency.`,
    ...PATHS.token,
  );

export const alreadyConnected = (name: string): Refusal =>
  refusal('ALREADY_EXISTS', `The project is connected already, as "${name}".`, ...PATHS.token);

/** Names are unique in a project, so of two that try at once one finds the other's mark. */
async function makeMark(calls: HetznerProjectCalls, labels: Record<string, string>): Promise<ProviderMark> {
  try {
    return await calls.createMark(labels);
  } catch (error) {
    const taken = error instanceof ProviderError && error.failure === 'name-taken';
    const others = taken ? await calls.findMark() : undefined;
    if (!others) throw error;
    return others;
  }
}

const foreign = (): Refusal =>
  refusal(
    'CONFLICT',
    'Another organisation or installation has marked this project as its own.',
    ...PATHS.token,
  );
