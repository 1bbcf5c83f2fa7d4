import { nearestPool } from './nearest-pool.js';

const pool = (id: string, ...tags: string[]) => ({ id, name: id, tags });

it('is the one that lacks the fewest tags, of several the oldest', () => {
  const pools = [pool('c', 'docker', 'linux'), pool('b', 'docker', 'linux', 'big'), pool('a', 'docker')];
  expect(nearestPool(['gpu', 'docker', 'linux'], pools)).toEqual({ name: 'b', lacks: ['gpu'] });
});

it('is none where no pool has any of the tags', () => {
  expect(nearestPool(['gpu'], [pool('a', 'docker')])).toBeUndefined();
  expect(nearestPool([], [pool('a', 'docker')])).toBeUndefined();
});
