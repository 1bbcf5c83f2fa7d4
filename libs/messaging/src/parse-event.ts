import { fromBinary, type DescMessage } from '@bufbuild/protobuf';
import type { Topic } from '@cleanroom/contracts';
import type { IncomingEvent } from './consumer.js';
import type { BusMessage } from './event-bus.js';
import { LONGEST_ID } from './dead-letters.js';
import { headerNames } from './header-names.js';
import { readAttributes } from './read-attributes.js';

/** Thrown for a message that no retry can make good; it is parked at once. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';

  constructor(
    readonly reason: 'unknown-type' | 'unparsable' | 'mismatch',
    message: string,
  ) {
    super(message);
  }
}

/**
 * Reads a message as an event of its topic and checks that headers and content speak of the same aggregate and
 * organisation: an event carries facts about what its producer owns, and nothing else.
 *
 * @throws UnreadableEvent
 */
export function parseEvent(topic: Topic, { key, headers, payload }: BusMessage): IncomingEvent<DescMessage> {
  const type = headers[headerNames.type];
  if (type !== topic.schema.typeName)
    throw new UnreadableEvent('unknown-type', `${topic.name} does not carry ${type}`);
  const message = decode(topic, payload);
  const { organizationId, version, key: ownKey } = readAttributes(topic, message);
  const id = headers[headerNames.id];
  const at = new Date(headers[headerNames.time] ?? '');
  if (!id || id.length > LONGEST_ID || Number.isNaN(at.getTime()))
    throw new UnreadableEvent('unparsable', 'ce-id or ce-time is missing, or no id or time');
  if (ownKey !== key || !key)
    throw new UnreadableEvent('mismatch', `the key ${key} is not the message's ${topic.key}`);
  if (organizationId !== headers[headerNames.organization] || !organizationId) {
    throw new UnreadableEvent('mismatch', "the header's organisation is not the message's");
  }
  const traceParent = headers[headerNames.traceParent];
  return {
    id,
    topic: topic.name,
    key,
    organizationId,
    version,
    at,
    message,
    ...(traceParent && { traceParent }),
  };
}

function decode(topic: Topic, payload: Uint8Array) {
  try {
    return fromBinary(topic.schema, payload);
  } catch (error) {
    throw new UnreadableEvent('unparsable', error instanceof Error ? error.message : String(error));
  }
}
