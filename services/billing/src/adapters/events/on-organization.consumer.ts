import { topics } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { consumer, type Consumer } from '@cleanroom/messaging';
import { makeDue } from '@cleanroom/persistence';
import { keepOrganization } from '../postgres/organization.store.js';

/** Learns an organisation's time zone, and begins to close its months. */
export const onOrganization = (clock: Clock): Consumer =>
  consumer(topics.organization, async (tx, { message, organizationId, version }) => {
    await keepOrganization(tx, { organizationId, version, timeZone: message.timeZone });
    await makeDue(tx, 'statement_closing', organizationId, clock.now());
  });
