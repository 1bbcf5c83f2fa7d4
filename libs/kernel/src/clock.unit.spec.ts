import { clockSetting, readClock, scaledClock, settingOf, systemClock } from './clock.js';

describe('a clock', () => {
  it('runs as fast as its factor says, from its anchor on', () => {
    const realEpochMs = Date.now() - 10_000;
    const clock = scaledClock({ realEpochMs, virtualEpochMs: 5_000_000, factor: 60 });
    expect(clock.now().getTime() / 1000).toBeCloseTo(5_000 + 600, -1);
  });

  it('is handed on as one text, and read from it the same', () => {
    const scale = { realEpochMs: 1_700_000_000_000, virtualEpochMs: 1_800_000_000_000, factor: 2.5 };
    expect(clockSetting(scale)).toBe('1700000000000:1800000000000:2.5');
    const [own, read] = [scaledClock(scale).now(), readClock(clockSetting(scale))?.now()];
    expect(Math.abs(own.getTime() - (read?.getTime() ?? 0))).toBeLessThan(1_000);
    const handedOn = readClock(settingOf(systemClock));
    expect(Math.abs((handedOn?.now().getTime() ?? 0) - Date.now())).toBeLessThan(1_000);
  });

  it.each(['', '1,2,3', '1:2', '1:2:3:4', '1:2:0', '1:2:-1', 'a:b:c', '1.5:2:3'])(
    'is not in "%s"',
    (text) => {
      expect(readClock(text)).toBeUndefined();
    },
  );

  it('sleeps in its own time', async () => {
    const clock = scaledClock({ realEpochMs: Date.now(), virtualEpochMs: 0, factor: 600 });
    const began = performance.now();
    await clock.sleep(60_000);
    expect(performance.now() - began).toBeGreaterThanOrEqual(99);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('wakes with an error when it is told to give up, also where it was before', async () => {
    const power = new AbortController();
    const asleep = systemClock.sleep(3_600_000, power.signal);
    power.abort();
    await expect(asleep).rejects.toMatchObject({ name: 'AbortError' });
    await expect(systemClock.sleep(1, power.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('sleeps on where a timer could not: a standing clock does not wake at once', async () => {
    const clock = scaledClock({ realEpochMs: Date.now(), virtualEpochMs: 0, factor: 0.000_001 });
    const power = new AbortController();
    let woken = false;
    const asleep = clock.sleep(60_000, power.signal).finally(() => (woken = true));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(woken).toBe(false);
    power.abort();
    await expect(asleep).rejects.toMatchObject({ name: 'AbortError' });
  });
});
