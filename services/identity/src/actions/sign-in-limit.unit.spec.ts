import { SignInLimit } from './sign-in-limit.js';

let now = 0;
const limit = () => new SignInLimit({ now: () => now });
const failTimes = (given: SignInLimit, times: number, source = 'a') => {
  for (let i = 0; i < times; i++) given.fail(source);
};

beforeEach(() => (now = 1_000_000));

it('lets an address try again until it was wrong ten times within a minute', () => {
  const given = limit();
  failTimes(given, 9);
  expect(given.secondsToWait('a')).toBe(0);
  failTimes(given, 1);
  expect(given.secondsToWait('a')).toBe(60);
  now += 59_001;
  expect(given.secondsToWait('a')).toBe(1);
  now += 1_000;
  expect(given.secondsToWait('a')).toBe(0);
});

it('says nothing against other addresses', () => {
  const given = limit();
  failTimes(given, 20);
  expect(given.secondsToWait('b')).toBe(0);
});

it('remembers a bounded number of addresses', () => {
  const given = limit();
  failTimes(given, 10);
  for (let i = 0; i < 10_000; i++) given.fail(`other ${i}`);
  expect(given.secondsToWait('a')).toBe(0);
});
