import fc from 'fast-check';
import { parseLabelSelector } from './label-selector.js';

const finds = (selector: string, labels: Record<string, string>): boolean | undefined =>
  parseLabelSelector(selector)?.(labels);

const key = fc.stringMatching(/^[a-z]([a-z0-9_.-]{0,8}[a-z0-9])?$/);
const value = fc.oneof(fc.constant(''), fc.stringMatching(/^[A-Za-z0-9]([A-Za-z0-9_.-]{0,8}[A-Za-z0-9])?$/));
const labels = fc.dictionary(key, value, { maxKeys: 5 }).map((given) => ({ ...given }));

describe('a label selector', () => {
  it('finds by equality exactly what carries that value', () => {
    fc.assert(
      fc.property(labels, key, value, (given, k, v) => {
        const carries = Object.hasOwn(given, k) && given[k] === v;
        expect(finds(`${k}==${v}`, given)).toBe(carries);
        expect(finds(`${k}=${v}`, given)).toBe(carries);
        expect(finds(`${k}!=${v}`, given)).toBe(!carries);
      }),
    );
  });

  it('finds by presence exactly what carries the key', () => {
    fc.assert(
      fc.property(labels, key, (given, k) => {
        expect(finds(k, given)).toBe(Object.hasOwn(given, k));
        expect(finds(`!${k}`, given)).toBe(!Object.hasOwn(given, k));
      }),
    );
  });

  it('finds by a set exactly what carries one of its values, and by `notin` all else', () => {
    fc.assert(
      fc.property(labels, key, fc.array(value, { minLength: 1, maxLength: 4 }), (given, k, values) => {
        const carries = Object.hasOwn(given, k) && values.includes(given[k] ?? '');
        expect(finds(`${k} in (${values.join(', ')})`, given)).toBe(carries);
        expect(finds(`${k} notin (${values.join(',')})`, given)).toBe(!carries);
      }),
    );
  });

  it('means "and" by a comma, also next to a set', () => {
    fc.assert(
      fc.property(labels, key, value, key, value, (given, k1, v1, k2, v2) => {
        const both = `${k1} in (${v1},zzz), ${k2}==${v2}`;
        expect(finds(both, given)).toBe(finds(`${k1} in (${v1},zzz)`, given) && finds(`${k2}==${v2}`, given));
      }),
    );
  });

  it('finds by != also what lacks the key, as the documentation shows', () => {
    expect(finds('env=production,type!=database', { env: 'production' })).toBe(true);
  });

  it.each([
    '',
    ',',
    'a,',
    'a==b==c',
    'a in',
    'a in (b',
    'a in b',
    '=b',
    '!',
    'a b',
    'a=b c',
    '-a',
    'hetzner.cloud/x=1',
    'a!==b',
  ])('is refused as %j', (text) => {
    expect(parseLabelSelector(text)).toBeUndefined();
  });
});
