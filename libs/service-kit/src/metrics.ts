import { lagOf, type BusOperator, type Messaging } from '@cleanroom/messaging';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Something that can be asked how many events wait; a database of a service. */
interface DatabaseReader {
  readonly worker: {
    query(sql: string): Promise<{ value: string; topic?: string; kind?: string; oldest?: string }[]>;
  };
}

/** Figures that are read anew whenever somebody looks. */
export interface WatchedFigures {
  readonly name: string;
  readonly help: string;
  /** What distinguishes them, such as `topic`; few values, for each is a time series. */
  readonly label: string;
  read(): Promise<[value: string, figure: number][]>;
}

/** Somebody who scrapes does not wait for longer: without its bus a service still tells the rest. */
const ANSWER_WITHIN_MS = 2_000;

/** They lie in the order in which they were appended, near enough. */
const OUTBOX_SQL = `SELECT (SELECT count(*) FROM outbox) AS value, COALESCE(EXTRACT(EPOCH FROM
  now() - (SELECT appended_at FROM outbox ORDER BY seq LIMIT 1)), 0) AS oldest`;

/** What Prometheus reads from one process. */
export class Metrics {
  readonly registry = new Registry();
  readonly requestSeconds: Histogram<'method' | 'route' | 'status'>;
  readonly eventSeconds: Histogram<'topic' | 'outcome'>;
  readonly stepFailures: Counter<'table'>;

  constructor(service: string) {
    const registers = [this.registry];
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
    this.requestSeconds = new Histogram({
      name: 'cleanroom_request_seconds',
      help: 'Time to answer a request',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    });
    this.eventSeconds = new Histogram({
      name: 'cleanroom_event_seconds',
      help: 'Time from the arrival of an event to its end, retries included',
      labelNames: ['topic', 'outcome'],
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
      registers,
    });
    this.stepFailures = new Counter({
      name: 'cleanroom_step_failures_total',
      help: 'Steps of leased work, and looks for it, that threw and will be repeated',
      labelNames: ['table'],
      registers,
    });
  }

  /**
   * Tells at each reading how many events wait to be published, and for how long the oldest has. While the database cannot
   * be read, the last figures stay: an alert that stands must not end because nobody knows.
   */
  watchOutbox({ worker }: DatabaseReader): void {
    const figures = together(() => withinTime(worker.query(OUTBOX_SQL)));
    const tell = (name: string, help: string, column: 'value' | 'oldest') =>
      new Gauge({
        name,
        help,
        registers: [this.registry],
        async collect() {
          const [row] = await figures().catch(() => []);
          if (row) this.set(Number(row[column]));
        },
      }).set(NaN);
    tell('cleanroom_outbox_waiting', 'Events that wait to be published', 'value');
    tell('cleanroom_outbox_oldest_seconds', 'Age of the oldest event that waits to be published', 'oldest');
  }

  /**
   * Tells at each reading whether messages flow, for an outbox tells only of those that go out: a consumer that halted is
   * seen here alone while nobody waits for it.
   */
  watchBus(messaging: Pick<Messaging, 'healthy'>): void {
    new Gauge({
      name: 'cleanroom_bus_healthy',
      help: 'Whether messages flow between this process and the bus: 1, or 0',
      registers: [this.registry],
      collect() {
        this.set(Number(messaging.healthy()));
      },
    });
  }

  /** Tells at each reading how many messages are parked, by topic. */
  watchDeadLetters({ worker }: DatabaseReader, topics: readonly string[]): void {
    this.watch({
      name: 'cleanroom_dead_letters',
      help: 'Messages that could not be handled and wait for a person',
      label: 'topic',
      read: async () => {
        const rows = await worker.query('SELECT topic, count(*) AS value FROM dead_letter GROUP BY topic');
        const parked = new Map(rows.map(({ topic, value }) => [topic, Number(value)]));
        return topics.map((topic) => [topic, parked.get(topic) ?? 0]);
      },
    });
  }

  /**
   * Tells at each reading where a service deletes nothing of what it does not know, because that is so much. One name for
   * all such services, so that one alert speaks of all.
   *
   * @param sql finds a `value` for each `kind`: in how many projects, or GitLabs, that is so
   */
  watchBrakes({ worker }: DatabaseReader, sql: string): void {
    this.watch({
      name: 'cleanroom_braked_sweeps',
      help: 'Projects and GitLabs in which so much is unknown that nothing is deleted',
      label: 'kind',
      read: async () => (await worker.query(sql)).map(({ kind = '', value }) => [kind, Number(value)]),
    });
  }

  /** Tells at each reading how many messages of each topic this service has still to handle, all its processes together. */
  watchLag(operator: BusOperator, group: string, topics: readonly string[]): void {
    this.watch({
      name: 'cleanroom_consumer_lag',
      help: 'Messages of the topic that the service has still to handle',
      label: 'topic',
      read: async () => {
        const lag = new Map(topics.map((topic) => [topic, 0]));
        for (const position of await operator.positions(group, topics))
          lag.set(position.topic, (lag.get(position.topic) ?? 0) + lagOf(position));
        return [...lag];
      },
    });
  }

  /**
   * Tells at each reading a figure for each value of a label. What cannot be read is left out: a figure that nobody
   * knows must not look like a good one.
   */
  watch({ name, help, label, read }: WatchedFigures): void {
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [this.registry],
      async collect() {
        const known = await withinTime(read()).catch(() => []);
        this.reset();
        for (const [value, figure] of known) this.set({ [label]: value }, figure);
      },
    });
  }
}

async function withinTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('too late')), ANSWER_WITHIN_MS);
  });
  return Promise.race([answer, tooLate]).finally(() => clearTimeout(timer));
}

/** Those who ask while an answer is awaited get that answer. */
function together<T>(ask: () => Promise<T>): () => Promise<T> {
  let awaited: Promise<T> | undefined;
  return () => (awaited ??= ask().finally(() => (awaited = undefined)));
}
