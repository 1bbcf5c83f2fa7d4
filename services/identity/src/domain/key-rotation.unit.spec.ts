import fc from 'fast-check';
import { expiredKeys, missingKey, PUBLISHED_BEFORE_MS, signingKey } from './key-rotation.js';

const HOUR = 3_600_000;
const TOKEN_LIFE = 300_000;
const start = new Date('2026-03-02T08:00:00Z');
const hours = (count: number): Date => new Date(start.getTime() + count * HOUR);
const key = (id: string, signsFrom: Date) => ({ id, signsFrom });

describe('the keys of the workload tokens', () => {
  it('begin with one that signs at once', () => {
    expect(missingKey([], start)).toEqual(start);
    expect(missingKey([], hours(0.5))).toEqual(start);
  });

  it('get a successor hours before it signs, and only one', () => {
    const keys = [key('first', start)];
    expect(missingKey(keys, hours(17.9))).toBeUndefined();
    expect(missingKey(keys, hours(18))).toEqual(hours(24));
    expect(missingKey([...keys, key('second', hours(24))], hours(23.5))).toBeUndefined();
  });

  it('change at the moment that was published', () => {
    const keys = [key('first', start), key('second', hours(24))];
    expect(signingKey(keys, hours(23.99))?.id).toBe('first');
    expect(signingKey(keys, hours(24))?.id).toBe('second');
  });

  it('let verifiers learn of a late successor before it signs', () => {
    expect(missingKey([key('first', start)], hours(100))).toEqual(hours(101));
    expect(missingKey([key('first', start)], hours(100.5))).toEqual(hours(102));
  });

  it('stay published for an hour after their last use', () => {
    const keys = [key('first', start), key('second', hours(24))];
    expect(expiredKeys(keys, hours(24.9))).toEqual([]);
    expect(expiredKeys(keys, hours(25.01)).map(({ id }) => id)).toEqual(['first']);
  });
});

it('at any time and after any pause: a key signs, was published an hour before, and outlives its tokens', () => {
  const pauses = fc.array(fc.integer({ min: 1, max: 40 * HOUR }), { maxLength: 60 });
  fc.assert(
    fc.property(pauses, (steps) => {
      let now = start;
      let keys: { id: string; signsFrom: Date; publishedAt: Date }[] = [];
      const signed: { id: string; expiresAt: number }[] = [];
      for (const step of [0, ...steps]) {
        now = new Date(now.getTime() + step);
        const from = missingKey(keys, now);
        if (from) keys.push({ id: String(keys.length + signed.length), signsFrom: from, publishedAt: now });
        const gone = new Set(expiredKeys(keys, now).map(({ id }) => id));
        keys = keys.filter(({ id }) => !gone.has(id));
        const signing = signingKey(keys, now)!;
        const isFirst = signing.publishedAt.getTime() === start.getTime();
        const knownFor = signing.signsFrom.getTime() - signing.publishedAt.getTime();
        expect(isFirst || knownFor >= PUBLISHED_BEFORE_MS).toBe(true);
        for (const { id, expiresAt } of signed) {
          if (expiresAt >= now.getTime()) expect(keys.map((published) => published.id)).toContain(id);
        }
        signed.push({ id: signing.id, expiresAt: now.getTime() + TOKEN_LIFE });
      }
    }),
  );
});
