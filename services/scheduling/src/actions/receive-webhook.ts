import { isId } from '@cleanroom/kernel';
import type { Ports, WebhookRequest } from '../ports.js';

/**
 * Takes in a webhook: checks where it is from and keeps its hint, once per delivery. No fact of it is believed, and
 * nothing is asked of GitLab yet, so that the answer is quick.
 *
 * @returns whether it was one of this connection's GitLab; a repetition is, and changes nothing
 */
export const receiveWebhook = async (
  { transactions, vault, webhooks, clock }: Ports,
  connectionId: string,
  request: WebhookRequest,
): Promise<boolean> => {
  if (!isId('gitlabConnection', connectionId)) return false;
  const organizationId = await transactions.organizationOf(connectionId);
  if (organizationId === undefined) return false;
  const connection = await transactions.inOrganization(organizationId, (ledger) =>
    ledger.connections.find(connectionId),
  );
  if (!connection || connection.deleted) return false;
  const hint = webhooks.verify(request, await vault.open(connection));
  if (!hint) return false;
  const { job, deliveryId } = hint;
  if (!job) return true;
  const id = `${connectionId}:${deliveryId}`;
  const row = { id, organizationId, connectionId, ...job, receivedAt: clock.now() };
  await transactions.inOrganization(organizationId, (ledger) => ledger.hints.record(row));
  return true;
};
