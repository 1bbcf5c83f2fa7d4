import { topics } from '@cleanroom/contracts';
import { silentLog } from '@cleanroom/kernel';
import { openDatabase, type Database } from '@cleanroom/persistence';
import { eventually, serviceDatabase, type ServiceDatabase } from '@cleanroom/testing';
import { consumer } from '../src/consumer.js';
import { listDeadLetters } from '../src/dead-letters.js';
import { EventHandler } from '../src/event-handler.js';
import { messagingMigrations } from '../src/migrations.js';
import { messageOf } from './message-of.js';

let db: ServiceDatabase;
beforeEach(async () => {
  db = await serviceDatabase({ name: 'killed', migrations: messagingMigrations });
});
afterEach(() => db.close());

/** One life of a process that has these messages in hand at once; of each it does what it is told until it ends. */
class Life {
  readonly begun: string[] = [];
  readonly outcomes: Record<string, string> = {};
  #die: (error: Error) => void = () => undefined;
  readonly #dead = new Promise<never>((_, reject) => (this.#die = reject));
  #own: Database | undefined;
  #handler: EventHandler | undefined;

  constructor(private readonly does: (key: string, life: Life) => 'end' | 'hang') {
    this.#dead.catch(() => undefined);
  }

  async begin(keys: string[]): Promise<void> {
    this.#own = await openDatabase({
      url: db.appUrl,
      workerUrl: db.workerUrl,
      entities: [],
      applicationName: 'life',
    });
    const { signal } = new AbortController();
    this.#handler = new EventHandler({
      db: this.#own,
      log: silentLog,
      retryDelays: [1],
      mostTimeouts: 1,
      signal,
    });
    for (const key of keys) this.takeInHand(key);
  }

  /** Takes one more message in hand. */
  takeInHand(key: string): void {
    const effect = consumer(topics.hetznerProject, async () => {
      this.begun.push(key);
      if (this.does(key, this) === 'hang') await this.#dead;
    });
    this.#handler?.handle(effect, messageOf(key)).then(
      (outcome) => (this.outcomes[key] = outcome),
      () => undefined,
    );
  }

  /** As SIGKILL: its connections break, and it says nothing any more. */
  async kill(): Promise<void> {
    const own = this.#own!;
    own.worker.query = () => new Promise(() => undefined);
    await db.asAdmin(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'life%'`,
    );
    this.#die(new Error('killed'));
    await own.close();
  }
}

const outcomeOf = async () =>
  Object.fromEntries(
    (await db.asAdmin(`SELECT event_id, coalesce(outcome, 'open') AS outcome FROM inbox ORDER BY 1`)).map(
      ({ event_id: id, outcome }) => [id, outcome],
    ),
  );

describe('an event that was in hand when its process was killed', () => {
  it('is parked when it kills the process by itself, and what was in hand beside it is handled', async () => {
    const keys = ['a', 'b', 'killer', 'c', 'd'];
    let kills = 0;
    for (; kills < 10; kills++) {
      // In their first life all are in hand, and three of them in the middle of it, when the end comes.
      const life = new Life((key) => (key === 'killer' || kills === 0 ? 'hang' : 'end'));
      await life.begin(keys);
      const all = () => Object.keys(life.outcomes).length === keys.length;
      await eventually(() =>
        kills === 0 ? life.begun.length === 3 : life.begun.includes('killer') || all(),
      );
      await life.kill();
      if (all()) break;
    }
    expect(kills).toBe(3);
    expect(await outcomeOf()).toEqual({
      ...{ evt_a: 'handled', evt_b: 'handled', evt_c: 'handled', evt_d: 'handled' },
      evt_killer: 'parked',
    });
    const letters = await listDeadLetters(db);
    expect(letters).toMatchObject([{ key: 'killer', reason: 'killed-process' }]);
  });

  it('is not parked however often others were in the middle of theirs while it waited', async () => {
    for (let round = 0; round < 5; round++) {
      const life = new Life(() => 'hang');
      await life.begin([`other ${round}`]);
      await eventually(() => life.begun.length === 1);
      life.takeInHand('a');
      await eventually(async () => {
        const [row] = await db.asAdmin(`SELECT started FROM inbox WHERE event_id = 'evt_a'`);
        expect(row).toEqual({ started: round + 1 });
      });
      await life.kill();
    }
    const last = new Life(() => 'end');
    await last.begin(['a']);
    await eventually(() => last.outcomes.a === 'handled');
    await last.kill();
  });

  it('is begun alone, and beside others again once it has ended', async () => {
    const first = new Life(() => 'hang');
    await first.begin(['a', 'b']);
    await eventually(() => first.begun.length === 2);
    await first.kill();
    const second = new Life((_, { begun }) => (begun.length === 1 ? 'hang' : 'end'));
    await second.begin(['a', 'b', 'fresh']);
    await eventually(() => second.begun.length === 1);
    await second.kill();
    const third = new Life(() => 'end');
    await third.begin(['a', 'b', 'fresh']);
    await eventually(() => Object.values(third.outcomes).length === 3);
    expect(Object.values(third.outcomes)).toEqual(['handled', 'handled', 'handled']);
    await third.kill();
  });
});
