import type { Topic } from '@cleanroom/contracts';
import type { DescMessage, MessageShape } from '@bufbuild/protobuf';
import type { EntityManager } from 'typeorm';

/** An event whose organisation, key and type were checked. */
export interface IncomingEvent<Schema extends DescMessage> {
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly organizationId: string;
  /** Grows with each change of the aggregate: one that is not above the known version is stale. */
  readonly version: bigint;
  /** When it happened, by the product's clock. */
  readonly at: Date;
  readonly message: MessageShape<Schema>;
  readonly traceParent?: string;
}

/** What a service does with the events of one topic. */
export interface Consumer {
  readonly topic: Topic;
  readonly handle: (tx: EntityManager, event: IncomingEvent<DescMessage>) => Promise<void>;
}

/**
 * Declares what a service does with a topic. The handler runs with the event's organisation set, in one transaction
 * with the mark that the event was handled and with the events that it appends. What throws is retried 5 times with
 * back-off and then parked as a dead letter, while other keys go on.
 */
export const consumer = <Schema extends DescMessage>(
  topic: Topic<Schema>,
  handle: (tx: EntityManager, event: IncomingEvent<Schema>) => Promise<void>,
): Consumer => ({ topic, handle: handle as Consumer['handle'] });
