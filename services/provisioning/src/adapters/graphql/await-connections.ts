import { isId } from '@cleanroom/kernel';
import type { ProvisioningPorts } from '../../ports.js';

/** Real time: how long an event may be on its way before an id counts as unknown. */
const LONGEST_WAIT_MS = 3_000;
const LOOK_EVERY_MS = 100;

/** Connections that were made a moment ago may not be heard of here yet: waits for them, if the ids can be theirs at all. */
export async function awaitConnections(
  { transactions }: ProvisioningPorts,
  organizationId: string,
  { hetznerProjectId, gitlabConnectionId }: { hetznerProjectId: string; gitlabConnectionId: string },
): Promise<void> {
  if (!isId('hetznerProject', hetznerProjectId) || !isId('gitlabConnection', gitlabConnectionId)) return;
  const deadline = performance.now() + LONGEST_WAIT_MS;
  while (performance.now() < deadline) {
    const known = await transactions.inOrganization(
      organizationId,
      async (tx) => (await tx.project(hetznerProjectId)) && (await tx.gitlab(gitlabConnectionId)),
    );
    if (known) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
