import { jest } from '@jest/globals';

const config = { isCi: false, hasAllTools: false, givenBrokers: [] as string[] };
jest.unstable_mockModule('./config.js', () => config);
jest.unstable_mockModule('@cleanroom/kafka-broker', () => ({ missingTools: () => 'there is no Java' }));

type Specs = () => void;

/** What is described on a machine without Java. */
async function describeOn(settings: Partial<typeof config>) {
  jest.resetModules();
  jest.unstable_mockModule('./config.js', () => ({ ...config, ...settings }));
  const { describeWithKafka } = await import('./describe-with-kafka.js');
  const found = { run: [] as Specs[], skipped: [] as string[], tests: [] as Specs[], said: '' };
  const real = { describe: globalThis.describe, it: globalThis.it, write: process.stderr.write };
  const fake = Object.assign((_: string, specs: Specs) => (found.run.push(specs), specs()), {
    skip: (name: string) => void found.skipped.push(name),
  });
  Object.assign(globalThis, { describe: fake, it: (_: string, test: Specs) => void found.tests.push(test) });
  process.stderr.write = (text) => ((found.said += String(text)), true);
  try {
    const specs = () => undefined;
    describeWithKafka('events on Kafka', specs);
    return { ...found, hasRun: found.run.includes(specs) };
  } finally {
    Object.assign(globalThis, { describe: real.describe, it: real.it });
    process.stderr.write = real.write;
  }
}

describe('what needs Kafka, on a machine without Java', () => {
  it('fails under CI', async () => {
    const { tests, hasRun } = await describeOn({ isCi: true });
    expect(hasRun).toBe(false);
    expect(tests).toHaveLength(1);
    expect(tests[0]).toThrow('there is no Java');
  });

  it('is skipped elsewhere, and that is said loudly', async () => {
    const { tests, skipped, said } = await describeOn({});
    expect(tests).toEqual([]);
    expect(skipped).toEqual(['events on Kafka']);
    expect(said).toContain('NOT TESTED: "events on Kafka". there is no Java');
  });

  it('is run where a cluster is given', async () => {
    const { hasRun, said } = await describeOn({ givenBrokers: ['127.0.0.1:9092'] });
    expect(hasRun).toBe(true);
    expect(said).toBe('');
  });
});
