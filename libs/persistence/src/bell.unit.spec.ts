import { Bell } from './bell.js';

describe('a bell', () => {
  it('ends a wait at once, also when it rang before', async () => {
    const bell = new Bell();
    const waiting = bell.wait(60_000);
    bell.ring();
    await waiting;
    bell.ring();
    await bell.wait(60_000);
  });

  it('ends one wait per ring', async () => {
    const bell = new Bell();
    bell.ring();
    await bell.wait(60_000);
    const before = performance.now();
    await bell.wait(30);
    expect(performance.now() - before).toBeGreaterThan(25);
  });
});
