import type { DescMessage, MessageInitShape } from '@bufbuild/protobuf';
import type { Topic } from '@cleanroom/contracts';
import { silentLog, type Clock } from '@cleanroom/kernel';
import { appendEvent, Messaging, messagingMigrations, type EventBus } from '@cleanroom/messaging';
import { inOrganization } from '@cleanroom/persistence';
import { serviceDatabase } from './service-database.js';

/** Some other service, as far as it is heard: a database with an outbox, and a relay. */
export interface Neighbour {
  /** Publishes an event; where the message has no version, a growing one is given to it. */
  tell<S extends DescMessage>(topic: Topic<S>, message: MessageInitShape<S>): Promise<void>;
  stop(): Promise<void>;
}

/** Opens a stand-in for the services that the one under test hears of; `stop()` it at the end. */
export async function openNeighbour(bus: EventBus, clock: Clock): Promise<Neighbour> {
  const db = await serviceDatabase({ name: 'neighbour', migrations: messagingMigrations });
  const messaging = new Messaging({ service: 'provisioning', db, bus, consumers: [], clock, log: silentLog });
  await messaging.start();
  let version = 0n;
  return {
    tell: async (topic, message) => {
      const whole = { version: ++version, ...message };
      const { organizationId } = whole as unknown as { organizationId: string };
      await inOrganization(db, organizationId, (tx) => appendEvent(tx, topic, whole as typeof message));
    },
    stop: async () => {
      await messaging.stop();
      await db.close();
    },
  };
}
