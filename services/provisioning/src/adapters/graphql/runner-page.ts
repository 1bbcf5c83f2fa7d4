import { currentCursor } from '@cleanroom/messaging';
import type { Database } from '@cleanroom/persistence';
import { pageArguments } from '@cleanroom/service-kit';
import { listRunners } from '../../actions/read-fleet.js';
import type { ProvisioningPorts, RunnerPage } from '../../ports.js';
import { connectionOf, decodeCursor } from './connection.js';

/** A page of runners with the cursor from which to follow their changes; the cursor is read first, so nothing is missed. */
export async function runnerPage(
  { ports, database }: { ports: ProvisioningPorts; database: Database },
  organizationId: string,
  filter: RunnerPage,
  { first, after }: { first: number; after: string | undefined },
) {
  const page = pageArguments(first, after);
  const changeCursor = await currentCursor(database, organizationId);
  const request = { limit: page.limit, after: decodeCursor('runner', page.after) };
  return { ...connectionOf(await listRunners(ports, organizationId, filter, request)), changeCursor };
}
