import { PARTITIONS, partitionOf } from './partition-of.js';

describe('the partition of a key', () => {
  it('never changes: keys that are on their way would lose their order', () => {
    expect(['', 'a', 'pool_01', 'run_06f5k2', 'ключ'].map(partitionOf)).toMatchInlineSnapshot(`
      [
        1,
        0,
        0,
        4,
        3,
      ]
    `);
  });

  it('spreads ids that differ at their end only', () => {
    const counts = new Array<number>(PARTITIONS).fill(0);
    for (let n = 0; n < 8_000; n++) {
      const partition = partitionOf(`run_06f5k2abcd${n.toString(32).padStart(6, '0')}`);
      counts[partition] = (counts[partition] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(200);
  });
});
