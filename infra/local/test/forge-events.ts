import { create, fromBinary, toBinary, type DescMessage, type Message } from '@bufbuild/protobuf';
import { topics, type Topic } from '@cleanroom/contracts';
import type { BusMessage } from '@cleanroom/messaging';

const FOREIGN = 'org_00000000000000000000000000';
/** Far above any version that is known. */
const NEWEST = 1_000_000n;

const all: Topic[] = Object.values(topics);

/**
 * For each topic messages that its producer never said: an older state under a new id, the state under another key, that of
 * another organisation by its header, and that of another organisation throughout, with a version above all.
 *
 * @param log what was really said, oldest first
 */
export function forgeEvents(log: readonly BusMessage[]): BusMessage[] {
  return all.flatMap((topic) => {
    const own = log.filter((message) => message.topic === topic.name);
    const [oldest] = own;
    const newest = own.findLast(({ key }) => key === oldest?.key);
    if (!oldest || !newest) return [];
    return [
      renamed(oldest, 'older'),
      renamed({ ...newest, key: `${newest.key}0` }, 'key'),
      renamed(withOrganization(newest), 'header'),
      renamed(withOrganization(rewritten(topic, newest)), 'foreign'),
    ];
  });
}

const renamed = (message: BusMessage, name: string): BusMessage => ({
  ...message,
  headers: { ...message.headers, 'ce-id': `forged-${name}-${message.topic}` },
});

const withOrganization = (message: BusMessage): BusMessage => ({
  ...message,
  headers: { ...message.headers, 'cleanroom-organization': FOREIGN, 'cleanroom-version': String(NEWEST) },
});

function rewritten({ schema }: Topic, message: BusMessage): BusMessage {
  const said = fromBinary(schema, message.payload) as Message & Record<string, unknown>;
  const forged = create(
    schema as DescMessage,
    { ...said, organizationId: FOREIGN, version: NEWEST } as never,
  );
  return { ...message, payload: toBinary(schema as DescMessage, forged) };
}
