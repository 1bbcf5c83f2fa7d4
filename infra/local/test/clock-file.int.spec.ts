import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readClock } from '@cleanroom/kernel';
import { ClockFile, type SavedClock } from '../src/clock-file.js';

const FACTOR = 60;

describe('the clock of an installation', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cleanroom-clock-'));
    file = join(folder, 'clock.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const saved = () => JSON.parse(readFileSync(file, 'utf8')) as SavedClock;

  it('begins now, and hands the same clock to every process', () => {
    const clock = new ClockFile(file, FACTOR);
    expect(Math.abs(clock.clock.now().getTime() - Date.now())).toBeLessThan(5_000);
    const theirs = readClock(clock.setting)?.now().getTime() ?? 0;
    expect(Math.abs(theirs - clock.clock.now().getTime())).toBeLessThan(5_000);
    expect(saved().clock).toBe(clock.setting);
    clock.stop();
  });

  it('goes on from where it stopped', () => {
    const lastVirtualMs = Date.now() + 86_400_000;
    writeFileSync(file, JSON.stringify({ lastVirtualMs }));
    const clock = new ClockFile(file, FACTOR);
    expect(clock.setting.split(':')[1]).toBe(String(lastVirtualMs));
    clock.stop();
    expect(saved().lastVirtualMs).toBeGreaterThanOrEqual(lastVirtualMs);
  });

  it('begins now where now is later than that', () => {
    writeFileSync(file, JSON.stringify({ lastVirtualMs: 5 }));
    const clock = new ClockFile(file, FACTOR);
    const [real, virtual] = clock.setting.split(':');
    expect(virtual).toBe(real);
    clock.stop();
  });

  it('never runs backwards, although the last second before a crash was not written down', async () => {
    const clock = new ClockFile(file, FACTOR);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const seen = clock.clock.now().getTime();
    expect(saved().lastVirtualMs).toBeGreaterThanOrEqual(seen);
    expect(saved().lastVirtualMs).toBeLessThan(seen + 2_000 * FACTOR);
    clock.stop();
  });

  it('says that the folder is broken where nothing can be read', () => {
    writeFileSync(file, JSON.stringify({ virtual: 5, speed: 10 }));
    expect(() => new ClockFile(file, FACTOR)).toThrow('clock.json: no time in it');
  });
});
