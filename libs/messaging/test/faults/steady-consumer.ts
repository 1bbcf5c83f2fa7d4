import { setTimeout as sleep } from 'node:timers/promises';
import { topics } from '@cleanroom/contracts';
import { silentLog, systemClock } from '@cleanroom/kernel';
import { openDatabase } from '@cleanroom/persistence';
import { consumer } from '../../src/consumer.js';
import { Messaging } from '../../src/messaging.js';
import { openBus } from '../../src/open-bus.js';
import { writeEffect } from '../write-effect.js';

// A consumer in a process of its own, slow enough to have something in hand whenever it is looked at. It says what it does.
const [busUrl = '', url = '', workerUrl = ''] = process.argv.slice(2);

await new Messaging({
  service: 'billing',
  db: await openDatabase({ url, workerUrl, entities: [], applicationName: 'steady' }),
  bus: await openBus(busUrl, { clientId: 'steady' }),
  consumers: [
    consumer(topics.hetznerProject, async (tx, event) => {
      await writeEffect(tx, event);
      await sleep(20);
      process.stdout.write(`did ${event.key} ${event.version}\n`);
    }),
  ],
  clock: systemClock,
  log: silentLog,
}).start();
