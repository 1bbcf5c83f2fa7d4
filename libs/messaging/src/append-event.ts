import { randomBytes } from 'node:crypto';
import { create, toBinary, type DescMessage, type MessageInitShape } from '@bufbuild/protobuf';
import type { Topic } from '@cleanroom/contracts';
import { composeId } from '@cleanroom/kernel';
import { context, propagation } from '@opentelemetry/api';
import type { EntityManager } from 'typeorm';
import { headerNames } from './header-names.js';
import { readAttributes } from './read-attributes.js';

export interface AppendOptions {
  /** When it happened, by the product's clock. @default the system's clock */
  readonly at?: Date;
}

/**
 * Appends an event to the outbox, in the transaction that changes the state it speaks of; the relay publishes it after
 * the commit, in the trace that is active now.
 *
 * @throws RangeError when the message names no aggregate, no organisation or no version: a bug of the caller
 */
export async function appendEvent<Schema extends DescMessage>(
  tx: EntityManager,
  topic: Topic<Schema>,
  message: MessageInitShape<Schema>,
  { at = new Date() }: AppendOptions = {},
): Promise<void> {
  const complete = create(topic.schema, message);
  const { key, organizationId, version } = readAttributes(topic, complete);
  if (!key || !organizationId || version <= 0n) {
    throw new RangeError(
      `an event of ${topic.name} needs ${topic.key}, organizationId and a version above 0`,
    );
  }
  const headers: Record<string, string> = {
    [headerNames.id]: composeId('event', at, randomBytes(16)),
    [headerNames.type]: topic.schema.typeName,
    [headerNames.source]: `/cleanroom/${topic.producer}`,
    [headerNames.time]: at.toISOString(),
    [headerNames.specVersion]: '1.0',
    [headerNames.contentType]: 'application/protobuf',
    [headerNames.organization]: organizationId,
    [headerNames.version]: version.toString(),
  };
  propagation.inject(context.active(), headers);
  await tx.query(
    `WITH appended AS (
       INSERT INTO outbox (organization_id, topic, key, headers, payload) VALUES ($1, $2, $3, $4, $5))
     SELECT pg_notify('outbox', '')`,
    [organizationId, topic.name, key, JSON.stringify(headers), Buffer.from(toBinary(topic.schema, complete))],
  );
}
