import type { DescMessage, MessageShape } from '@bufbuild/protobuf';
import type { Topic } from '@cleanroom/contracts';

/** What every message of ours says about itself. */
export interface EventAttributes {
  readonly key: string;
  readonly organizationId: string;
  readonly version: bigint;
}

/** Reads the aggregate, organisation and version that a message names; '' and 0 where it names none. */
export function readAttributes<Schema extends DescMessage>(
  topic: Topic<Schema>,
  message: MessageShape<Schema>,
): EventAttributes {
  const fields = message as unknown as Record<string, unknown>;
  const text = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
  const { version } = fields;
  return {
    key: text(topic.key),
    organizationId: text('organizationId'),
    version: typeof version === 'bigint' ? version : 0n,
  };
}
