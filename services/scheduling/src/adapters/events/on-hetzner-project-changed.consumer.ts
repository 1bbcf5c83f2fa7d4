import { topics } from '@cleanroom/contracts';
import { consumer, type Consumer } from '@cleanroom/messaging';
import { followHetznerProject } from '../../actions/follow-hetzner-project.js';
import { ledgerOf } from '../postgres/ledger.store.js';
import { connectionStatus } from './connection-status.js';

/** Hears of Hetzner projects: a job whose pool cannot order says that the credentials are the reason. */
export const onHetznerProjectChanged: Consumer = consumer(topics.hetznerProject, (tx, { message }) =>
  followHetznerProject(ledgerOf(tx), {
    id: message.hetznerProjectId,
    organizationId: message.organizationId,
    version: Number(message.version),
    status: connectionStatus(message.status),
  }),
);
