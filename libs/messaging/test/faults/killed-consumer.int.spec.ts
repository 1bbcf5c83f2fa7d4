import { rmSync } from 'node:fs';
import { describeWithKafka, eventually, superviseProcess, type SupervisedProcess } from '@cleanroom/testing';
import { listDeadLetters } from '../../src/dead-letters.js';
import { bundleProgram } from '../bundle-program.js';
import { startTestKafkaBus } from '../start-test-kafka-bus.js';
import { TwoServices } from '../two-services.js';

const range = (length: number): number[] => Array.from({ length }, (_, n) => n);

describeWithKafka('a consumer on Kafka that is killed', () => {
  let services: TwoServices;
  let child: SupervisedProcess;
  let program: string;

  beforeAll(async () => {
    program = await bundleProgram('mortal-consumer');
    services = await TwoServices.start(startTestKafkaBus);
  }, 180_000);
  afterAll(async () => {
    await child?.stop();
    await services?.close();
    rmSync(program, { force: true });
  });

  it('after an effect and before its offset is saved, and in the middle of an event, does each once and parks the killer', async () => {
    const keys = ['hp_1', 'hp_2', 'hp_mortal'];
    await services.runProducer();
    for (const n of range(10)) for (const key of keys) await services.append(key, n + 1);
    await services.append('hp_killer', 1);
    const { consumer, testBus } = services;
    child = superviseProcess({
      command: process.execPath,
      args: ['--enable-source-maps', program, testBus.url, consumer.appUrl, consumer.workerUrl],
      env: { PATH: process.env['PATH'] ?? '' },
    });
    await eventually(async () => expect(await services.effects()).toHaveLength(30), { within: 270_000 });
    const [letter] = await eventually(
      async () => {
        const letters = await listDeadLetters(consumer);
        return letters.length > 0 && letters;
      },
      { within: 180_000 },
    );
    expect(letter).toMatchObject({ key: 'hp_killer', reason: 'killed-process' });
    for (const key of keys) expect(await services.effects(key)).toEqual(range(10).map((n) => n + 1));
    expect(child.exits.every(({ signal }) => signal === 'SIGKILL')).toBe(true);
    expect(child.kills).toBeGreaterThanOrEqual(3);
    expect(child.kills).toBeLessThanOrEqual(4);
    expect(await listDeadLetters(consumer)).toHaveLength(1);
  }, 500_000);
});
