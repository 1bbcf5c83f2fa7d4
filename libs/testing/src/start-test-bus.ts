import { randomBytes } from 'node:crypto';
import { openBus, type EventBus } from '@cleanroom/messaging';
import { prepareDatabase } from '@cleanroom/persistence';
import { dropDatabase } from './drop-database.js';
import { onlooker } from './onlooker.js';
import { startPostgres } from './start-postgres.js';

/** A fresh embedded bus. */
export interface TestBus {
  readonly url: string;
  readonly bus: EventBus;
  /** A further connection to the same bus, as another process would have. */
  open(clientId: string): Promise<EventBus>;
  /** Every message of the log; those with one key in the order in which they came. */
  messages(): Promise<{ topic: string; key: string; headers: Record<string, string>; payload: Buffer }[]>;
  /** Makes a group read everything again; it must have no member. */
  rewind(group: string): Promise<void>;
  /** Closes every connection that was opened here and removes the log. */
  close(): Promise<void>;
}

/** Makes a fresh bus in the worker's PostgreSQL. */
export async function startTestBus(): Promise<TestBus> {
  const { adminUrl } = await startPostgres();
  const passwords = { owner: 'owner', app: 'app', worker: 'worker' };
  const name = `bus_${randomBytes(5).toString('hex')}`;
  const { ownerUrl: url } = await prepareDatabase({ adminUrl, name, passwords });
  const opened: EventBus[] = [];
  const open = async (clientId: string): Promise<EventBus> => {
    const bus = await openBus(url, { clientId });
    opened.push(bus);
    return bus;
  };
  const log = onlooker(url);
  return {
    url,
    bus: await open('test'),
    open,
    messages: () =>
      log.ask(
        'SELECT topic, key, headers, payload FROM bus_message ORDER BY topic, partition, message_offset',
      ),
    rewind: async (group) =>
      void (await log.ask('UPDATE bus_claim SET committed = 0 WHERE group_name = $1', [group])),
    close: async () => {
      await Promise.all([...opened, log].map((each) => each.close()));
      await dropDatabase(adminUrl, name);
    },
  };
}
