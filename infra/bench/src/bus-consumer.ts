import { topics } from '@cleanroom/contracts';
import { silentLog, systemClock } from '@cleanroom/kernel';
import { consumer, Messaging, openBus } from '@cleanroom/messaging';
import { openDatabase } from '@cleanroom/persistence';

/** How to reach the bus and the consumer's own database. */
export interface Places {
  readonly bus: string;
  readonly app: string;
  readonly worker: string;
}

/** What a consumer tells its parent when it is asked. */
export interface ConsumerReport {
  readonly handled: number;
  /** Most memory of the process so far, in MB. */
  readonly memory: number;
}

// A service's consumer in a process of its own, so that its memory is nobody else's.
process.once('message', ({ bus: url, app, worker }: Places) => {
  void (async () => {
    let handled = 0;
    const db = await openDatabase({ url: app, workerUrl: worker, entities: [], applicationName: 'bench' });
    const bus = await openBus(url, { clientId: 'bench-consumer' });
    const count = consumer(topics.hetznerProject, () => Promise.resolve(void handled++));
    const messaging = new Messaging({
      ...{ service: 'billing', db, bus, consumers: [count] },
      ...{ clock: systemClock, log: silentLog },
    });
    await messaging.start();
    let memory = 0;
    setInterval(() => (memory = Math.max(memory, process.memoryUsage().rss / 1e6)), 50);
    process.on('message', () => process.send?.({ handled, memory } satisfies ConsumerReport));
    process.send?.({ handled, memory: process.memoryUsage().rss / 1e6 } satisfies ConsumerReport);
  })();
});
process.once('disconnect', () => process.exit(0));
