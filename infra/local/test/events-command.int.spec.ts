import { randomBytes } from 'node:crypto';
import { create, toBinary } from '@bufbuild/protobuf';
import { OrganizationChangedSchema, topics } from '@cleanroom/contracts';
import { silentLog, systemClock } from '@cleanroom/kernel';
import { consumer, Messaging, messagingMigrations, openBus, type EventBus } from '@cleanroom/messaging';
import {
  describeWithKafka,
  eventually,
  serviceDatabase,
  startKafka,
  startTestBus,
  type ServiceDatabase,
} from '@cleanroom/testing';
import { readCommand } from '../src/events/read-command.js';
import { runCommand } from '../src/events/run-command.js';

const TOPIC = topics.organization.name;

const organization = (id: string, version: number) => ({
  topic: TOPIC,
  key: id,
  headers: {
    'ce-id': `evt_${id}_${version}`,
    'ce-type': OrganizationChangedSchema.typeName,
    'ce-time': '2026-03-02T08:00:00.000Z',
    'cleanroom-organization': id,
  },
  payload: toBinary(
    OrganizationChangedSchema,
    create(OrganizationChangedSchema, { organizationId: id, version: BigInt(version) }),
  ),
});

/** @param leavesAtOnce whether who has stopped is never a member any more; else it may be one for a moment */
const specs = (busUrl: () => Promise<string>, leavesAtOnce: boolean) => (): void => {
  let db: ServiceDatabase;
  let bus: EventBus;
  let url: string;
  let broken = '';
  let handled: string[] = [];
  let billing: Messaging;

  beforeEach(async () => {
    db = await serviceDatabase({ name: 'billing', migrations: messagingMigrations });
    url = await busUrl();
    bus = await openBus(url, { clientId: 'test' });
    handled = [];
    billing = await startBilling();
  });
  afterEach(async () => {
    await billing.stop();
    await bus.close();
    await db.close();
  });

  async function startBilling(): Promise<Messaging> {
    const read = consumer(topics.organization, async (_, { key }) => {
      if (key === broken) throw new Error(`${key} is more than this version can take`);
      handled.push(key);
    });
    const messaging = new Messaging({
      service: 'billing',
      db,
      bus,
      consumers: [read],
      clock: systemClock,
      log: silentLog,
      retryDelays: [1],
    });
    await messaging.start();
    return messaging;
  }

  const tell = (...words: string[]) =>
    runCommand(readCommand(words), bus, { busUrl: url, databases: { billing: db.workerUrl } });
  const run = async (...words: string[]): Promise<string> => (await tell(...words)).text;

  it('lists topics, who reads them, how far behind, and what waits in the service', async () => {
    await bus.publish([organization('org_a', 1), organization('org_b', 1)]);
    await eventually(() => handled.length === 2);
    const row = (behind: number) => new RegExp(`${TOPIC} +identity +\\d+ +billing +${behind}`);
    await eventually(async () => expect(await run('topics')).toMatch(row(0)));
    await billing.stop();
    await bus.publish([organization('org_a', 2)]);
    expect(await run()).toMatch(row(1));
    expect(await run()).toMatch(/billing +0 +0 +0/);
    expect(await run()).not.toContain('owner:');
  });

  it('shows what was put aside, and has it tried again', async () => {
    broken = 'org_a';
    await bus.publish([organization('org_a', 1)]);
    await eventually(async () => expect(await run('letters')).toContain('org_a is more than'));
    expect(await run('letters')).toMatch(/billing +1 .*failed/);
    expect(await run('letter', '--service', 'billing', '--id', '1')).toContain('evt_org_a_1');
    expect(await run('replay', '--service', 'billing', '--id', '1')).toContain('1: failed again: ');
    broken = '';
    expect(await tell('replay', '--service', 'billing', '--id', '1', '--id', '7')).toEqual({
      text: '1: handled.\nThere is no letter 7.',
      found: false,
    });
    expect(await tell('letter', '--service', 'billing', '--id', '7')).toEqual({
      text: 'There is no letter 7.',
      found: false,
    });
    expect(await run('letters')).toBe('Nothing was put aside.');
  });

  it('says what a rewind would do before it does it, and refuses it while the service runs', async () => {
    await bus.publish([organization('org_a', 1), organization('org_b', 1)]);
    await eventually(() => handled.length === 2);
    const rewind = (...more: string[]) => run('rewind', '--group', 'billing', ...more);
    await eventually(async () => expect(await rewind()).toMatch(new RegExp(`${TOPIC} +2`)));
    expect(await rewind('--since', new Date(Date.now() + 60_000).toISOString())).toContain('Nothing to do');
    await expect(rewind('--yes')).rejects.toThrow('has members');
    await billing.stop();
    const rewindNow = () => rewind('--topic', TOPIC, '--yes');
    expect(await (leavesAtOnce ? rewindNow() : eventually(rewindNow))).toContain(
      'reads up to 2 messages again',
    );
    expect(await run('topics')).toMatch(new RegExp(`${TOPIC} +identity +2 +billing +2`));
    await bus.publish([organization('org_c', 1)]);
    billing = await startBilling();
    await eventually(() => handled.includes('org_c'));
    await eventually(async () => expect(await run('topics')).toMatch(new RegExp(`billing +0\n`)));
    expect(handled.slice(2)).toEqual(['org_c']);
  });
};

describe('npm run events, on the embedded bus', () => {
  const buses: { close(): Promise<void> }[] = [];
  afterAll(async () => void (await Promise.all(buses.map((bus) => bus.close()))));
  specs(async () => {
    const testBus = await startTestBus();
    buses.push(testBus);
    return testBus.url;
  }, true)();
});
describeWithKafka(
  'npm run events, on Kafka',
  specs(async () => `kafka://${await startKafka()}/events-${randomBytes(5).toString('hex')}`, false),
);

describe('the words of npm run events', () => {
  it.each([
    [['--service', 'billing', 'letter'], '--id is missing'],
    [['replay', '--service', 'billing', '--id', '1; drop'], '--id takes the number'],
    [['rewind'], '--group is missing'],
    [['rewind', '--group', 'billing', '--since', 'yesterday'], '--since takes a time'],
    [
      ['rewind', '--group', 'billing', '--since', '2026-03-02T08:00:00'],
      '--since takes a time with its zone',
    ],
    [['burn'], 'no command "burn"'],
    [['topics', '--force'], "'--force'"],
  ])('%j are refused with a reason', (words, reason) => {
    expect(() => readCommand(words)).toThrow(reason);
  });
});
