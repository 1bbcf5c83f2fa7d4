import {
  afterMachine,
  afterMiss,
  afterReaching,
  hearingFrom,
  hearingSince,
  isOutOfReach,
} from './hearing.js';

const start = new Date('2026-11-23T09:00:00Z');
const minute = (n: number) => new Date(start.getTime() + n * 60_000);
const DEAF_AFTER_MS = 90_000;
/** What happens each half minute, the first after one: `+` we reach the origin, `-` we do not, `m` a machine reaches us. */
const after = (story: string) =>
  [...story].reduce(
    (hearing, what, i) => {
      if (what === '-') return afterMiss(hearing);
      const at = minute((i + 1) / 2);
      return what === '+' ? afterReaching(hearing, at) : afterMachine(hearing, at);
    },
    hearingFrom(start, DEAF_AFTER_MS),
  );
const told = (story: string, at: number) => hearingSince(after(story), minute(at));

describe('machines can be heard', () => {
  it.each([
    ['', 1.4],
    ['++++', 3.4],
    ['+-+-+', 3.9],
  ])('since the start after "%s"', (story, at) => {
    expect(told(story, at)).toEqual(start);
  });

  it('no more once neither we reached the origin nor a machine us for a minute and a half', () => {
    expect(told('+--', 1.9)).toEqual(start);
    expect(told('+--', 2)).toEqual(minute(2));
    expect(told('+-----', 9)).toEqual(minute(9));
  });

  it('again from when we reach the origin', () => {
    expect(told('+-----+', 4.5)).toEqual(minute(3.5));
    expect(told('+-----+-+', 5.5)).toEqual(minute(3.5));
  });

  it('again from when a machine comes, and as long as they do', () => {
    expect(told('+-----m', 4.5)).toEqual(minute(3.5));
    expect(told('+-----m-m-m-m', 7.5)).toEqual(minute(3.5));
    expect(told('+-----m-', 9)).toEqual(minute(9));
  });

  it('by a process that never reached the origin only while machines come', () => {
    expect(told('---', 9)).toEqual(minute(9));
    expect(told('-----+', 4)).toEqual(minute(3));
    expect(told('m-m-m-m', 4.5)).toEqual(start);
  });

  it('anew by a process that was held up and looked no more', () => {
    const back = afterReaching(after('+++'), minute(30));
    expect(hearingSince(back, minute(31))).toEqual(minute(30));
  });

  it('not before the start, however that went', () => {
    const later = hearingFrom(minute(60), DEAF_AFTER_MS);
    expect(hearingSince(afterMiss(afterMiss(later)), minute(1))).toEqual(minute(60));
    expect(hearingSince(afterReaching(later, minute(1)), minute(2))).toEqual(minute(60));
  });
});

it('the origin is out of reach by our own looks alone, whoever else comes', () => {
  expect(isOutOfReach(after('+-'))).toBe(false);
  expect(isOutOfReach(after('+--'))).toBe(true);
  expect(isOutOfReach(after('+--m'))).toBe(true);
  expect(isOutOfReach(after('+--m+'))).toBe(false);
});
