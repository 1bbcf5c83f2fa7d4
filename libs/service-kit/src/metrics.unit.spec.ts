import { Metrics } from './metrics.js';

describe('the figures about an outbox', () => {
  let metrics: Metrics;
  let asked: number;
  let answer: { value: string; oldest: string }[] | Error;

  beforeEach(() => {
    metrics = new Metrics('billing');
    asked = 0;
    const query = async () => {
      asked++;
      if (answer instanceof Error) throw answer;
      return answer;
    };
    metrics.watchOutbox({ worker: { query } });
  });

  const figures = async () =>
    [...(await metrics.registry.metrics()).matchAll(/^cleanroom_outbox_(\w+)\{.*\} (\S+)$/gm)].map(
      ([, name, figure]) => [name, figure],
    );
  const some = [
    ['waiting', '3'],
    ['oldest_seconds', '70.5'],
  ];

  it('are asked for once at a reading', async () => {
    answer = [{ value: '3', oldest: '70.5' }];
    expect(await figures()).toEqual(some);
    expect(asked).toBe(1);
    expect(await figures()).toEqual(some);
    expect(asked).toBe(2);
  });

  it('stay what they were while the database cannot be read, and are none before it ever was', async () => {
    answer = new Error('away');
    expect((await figures()).map(([, figure]) => figure)).toEqual(['Nan', 'Nan']);
    answer = [{ value: '3', oldest: '70.5' }];
    await figures();
    answer = new Error('away');
    expect(await figures()).toEqual(some);
  });
});
