import { topics } from '@cleanroom/contracts';
import { silentLog, systemClock } from '@cleanroom/kernel';
import { openDatabase } from '@cleanroom/persistence';
import { consumer } from '../../src/consumer.js';
import type { DeliveredMessage, EventBus } from '../../src/event-bus.js';
import { Messaging } from '../../src/messaging.js';
import { openBus } from '../../src/open-bus.js';
import { writeEffect } from '../write-effect.js';

// A consumer in a process of its own, which ends as by `kill -9`: in the middle of every event of `hp_killer`, and after
// the effect of the first event of `hp_mortal`, before anybody could tell the bus that it is done.
const [busUrl = '', url = '', workerUrl = ''] = process.argv.slice(2);
const die = () => process.kill(process.pid, 'SIGKILL');

let applied: string | undefined;
const consumers = [
  consumer(topics.hetznerProject, async (tx, event) => {
    if (event.key === 'hp_killer') die();
    if (event.key === 'hp_mortal' && event.version === 1n) applied = event.id;
    await writeEffect(tx, event);
  }),
];

const bus = await openBus(busUrl, { clientId: 'mortal' });
const mortal: EventBus = Object.assign(Object.create(bus) as EventBus, {
  ensureTopics: (names: readonly string[]) => bus.ensureTopics(names),
  healthy: () => bus.healthy(),
  subscribe: (options: Parameters<EventBus['subscribe']>[0]) =>
    bus.subscribe({
      ...options,
      handle: async (message: DeliveredMessage) => {
        await options.handle(message);
        if (message.headers['ce-id'] === applied) die();
      },
    }),
});

await new Messaging({
  service: 'billing',
  db: await openDatabase({ url, workerUrl, entities: [], applicationName: 'mortal' }),
  bus: mortal,
  consumers,
  clock: systemClock,
  log: silentLog,
}).start();
