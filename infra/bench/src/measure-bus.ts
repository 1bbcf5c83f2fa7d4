import { topics } from '@cleanroom/contracts';
import { silentLog, systemClock } from '@cleanroom/kernel';
import {
  appendEvent,
  consumer,
  Messaging,
  messagingMigrations,
  openBus,
  type EventBus,
} from '@cleanroom/messaging';
import { inOrganization } from '@cleanroom/persistence';
import { serviceDatabase, type ServiceDatabase } from '@cleanroom/testing';
import { setTimeout as sleep } from 'node:timers/promises';

const RATE = 200;
const SECONDS = 10;
const BACKLOG = 10_000;
const KEYS = 500;
const BATCH = 100;
const MOST_MS = 300_000;

/** What came of a bus. */
export interface BusFigures {
  /** Real milliseconds from the commit to the handler, at 200 events a second. */
  readonly p50: number;
  readonly p99: number;
  /** Events a second through outbox, bus and inbox while a backlog drains. */
  readonly perSecond: number;
  /** Seconds for a backlog of 10,000. */
  readonly drained: number;
  /** Most memory of the process meanwhile, in MB. */
  readonly memory: number;
}

/** Measures one bus between two services, each with a database of its own. */
export async function measureBus(url: string): Promise<BusFigures> {
  const [identity, billing] = await Promise.all(
    ['identity', 'billing'].map((name) => serviceDatabase({ name, migrations: messagingMigrations })),
  );
  const bus = await openBus(url, { clientId: 'bench' });
  try {
    const line = new Line(bus, identity as ServiceDatabase, billing as ServiceDatabase);
    const latency = await line.latency();
    return { ...latency, ...(await line.backlog()) };
  } finally {
    await bus.close();
    await Promise.all([identity?.close(), billing?.close()]);
  }
}

class Line {
  readonly #arrived = new Map<string, number>();

  constructor(
    private readonly bus: EventBus,
    private readonly from: ServiceDatabase,
    private readonly to: ServiceDatabase,
  ) {}

  async latency(): Promise<Pick<BusFigures, 'p50' | 'p99'>> {
    const [relay, reader] = [await this.#relay(), await this.#reader()];
    // The first ones find nothing warm.
    await this.#say('warm', 1, 50);
    await this.#until(50);
    const committed = new Map<string, number>();
    const begun = performance.now();
    const saying: Promise<void>[] = [];
    for (let n = 0; n < RATE * SECONDS; n++) {
      await sleep(Math.max(0, begun + (n * 1_000) / RATE - performance.now()));
      const key = `org_${n % KEYS}`;
      const version = 2 + Math.floor(n / KEYS);
      const said = this.#append([{ key, version }]);
      saying.push(said.then(() => void committed.set(`${key} ${version}`, performance.now())));
    }
    await Promise.all(saying);
    await this.#until(50 + RATE * SECONDS);
    await Promise.all([relay.stop(), reader.stop()]);
    const waits = [...committed].map(([id, at]) => Math.max(0, (this.#arrived.get(id) ?? Infinity) - at));
    waits.sort((one, other) => one - other);
    const share = (part: number) => waits[Math.ceil(waits.length * part) - 1] ?? Infinity;
    return { p50: share(0.5), p99: share(0.99) };
  }

  async backlog(): Promise<Omit<BusFigures, 'p50' | 'p99'>> {
    this.#arrived.clear();
    for (let n = 0; n < BACKLOG / BATCH; n++) await this.#say('late', n * BATCH + 1, BATCH);
    let memory = 0;
    const looking = setInterval(() => (memory = Math.max(memory, process.memoryUsage().rss)), 50);
    const reader = await this.#reader();
    const begun = performance.now();
    const relay = await this.#relay();
    await this.#until(BACKLOG);
    const drained = (performance.now() - begun) / 1_000;
    clearInterval(looking);
    await Promise.all([relay.stop(), reader.stop()]);
    return { drained, perSecond: BACKLOG / drained, memory: memory / 1e6 };
  }

  #say(name: string, first: number, amount: number): Promise<void> {
    return this.#append(
      Array.from({ length: amount }, (_, n) => ({
        key: `${name}_${(first + n) % KEYS}`,
        version: first + n,
      })),
    );
  }

  #append(events: { key: string; version: number }[]): Promise<void> {
    return inOrganization(this.from, 'org_bench', async (tx) => {
      for (const { key: hetznerProjectId, version } of events)
        await appendEvent(tx, topics.hetznerProject, {
          hetznerProjectId,
          organizationId: 'org_bench',
          version: BigInt(version),
        });
    });
  }

  async #until(amount: number): Promise<void> {
    const deadline = performance.now() + MOST_MS;
    while (this.#arrived.size < amount) {
      if (performance.now() > deadline)
        throw new Error(`only ${this.#arrived.size} of ${amount} events came`);
      await sleep(10);
    }
  }

  #relay(): Promise<Messaging> {
    return this.#started({ service: 'identity', db: this.from, consumers: [] });
  }

  #reader(): Promise<Messaging> {
    const read = consumer(topics.hetznerProject, (_, { key, version }) => {
      this.#arrived.set(`${key} ${version}`, performance.now());
      return Promise.resolve();
    });
    return this.#started({ service: 'billing', db: this.to, consumers: [read] });
  }

  async #started(own: Pick<ConstructorParameters<typeof Messaging>[0], 'service' | 'db' | 'consumers'>) {
    const messaging = new Messaging({ ...own, bus: this.bus, clock: systemClock, log: silentLog });
    await messaging.start();
    return messaging;
  }
}
