import type { WorkLease } from '@cleanroom/kernel';
import type { ConnectionStatus } from '../domain/connection-status.js';
import { observeStaticIps } from './observe-static-ips.js';
import { keepMark } from './keep-mark.js';
import {
  ProviderError,
  type ConnectionStore,
  type IdentityPorts,
  type IdentityTransaction,
} from '../ports.js';

/** In seconds of the product's clock. */
const CHECK_EVERY_SECONDS = 60;

/** Checks a project now and then, by looking at its addresses and its mark: refused credentials stop all writing until replaced. */
export const checkHetznerProject = (ports: IdentityPorts, lease: WorkLease): Promise<void> =>
  check(
    ports,
    lease,
    'hetzner_check',
    (tx) => tx.hetznerProjects,
    async (project, token) => {
      const { id, organizationId, endpoint } = project;
      const calls = ports.providers.hetzner(endpoint, token);
      await observeStaticIps(ports, { organizationId, hetznerProjectId: id }, calls);
      await keepMark(ports, project, calls);
    },
  );

export const checkGitLabConnection = (ports: IdentityPorts, lease: WorkLease): Promise<void> =>
  check(
    ports,
    lease,
    'gitlab_check',
    (tx) => tx.gitlabConnections,
    async ({ url }, token) => {
      await ports.providers.gitlab(url, token).scopes();
    },
  );

type Token = NonNullable<Awaited<ReturnType<ConnectionStore<{ id: string }>['tokenOf']>>>;
interface Checked {
  readonly id: string;
  readonly version: number;
  readonly status: ConnectionStatus;
  readonly lastCheckedAt: Date | null;
  readonly deleted: boolean;
}

async function check<C extends Checked>(
  { transactions, now }: IdentityPorts,
  lease: WorkLease,
  table: 'hetzner_check' | 'gitlab_check',
  storeOf: (tx: IdentityTransaction) => ConnectionStore<C>,
  ask: (connection: C, token: Token) => Promise<void>,
): Promise<void> {
  const { id, organizationId } = lease;
  const { connection, token } = await transactions.inOrganization(organizationId, async (tx) => ({
    connection: await storeOf(tx).find(id),
    token: await storeOf(tx).tokenOf(id),
  }));
  if (!connection || connection.deleted || !token) {
    return transactions.inOrganization(organizationId, (tx) => tx.finish(table, lease, null));
  }
  const status = await ask(connection, token).then(() => 'CONNECTED' as const, statusOf);
  await transactions.inOrganization(organizationId, async (tx) => {
    const current = await storeOf(tx).lock(id);
    // A token that was replaced meanwhile is not judged by what became of the old one.
    const sameToken = current?.version === connection.version;
    if (status && sameToken) await save(storeOf(tx), connection, status, now());
    await tx.finish(table, lease, new Date(now().getTime() + CHECK_EVERY_SECONDS * 1000));
  });
}

async function save<C extends Checked>(
  store: ConnectionStore<C>,
  { id, status: known }: C,
  status: ConnectionStatus,
  at: Date,
): Promise<void> {
  if (status === known) return store.checked(id, at);
  await store.change(id, { status, lastCheckedAt: at } as Partial<C>);
}

/** What a failure says about a connection; `undefined` where it says nothing. */
function statusOf(error: unknown): ConnectionStatus | undefined {
  if (!(error instanceof ProviderError)) throw error;
  if (error.failure === 'busy') return undefined;
  return error.failure === 'credentials-invalid' ? 'CREDENTIALS_INVALID' : 'UNREACHABLE';
}
