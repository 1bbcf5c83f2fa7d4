import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { clockSetting, scaledClock, type Clock } from '@cleanroom/kernel';
import { brokenState } from './broken-state.js';

const SAVE_EVERY_MS = 1_000;

/** Content of `clock.json`. */
export interface SavedClock {
  /** What the clock showed at the end, or may have shown by the time of the next saving. */
  lastVirtualMs: number;
  /** Value of CLEANROOM_CLOCK. */
  clock: string;
}

/** The installation's virtual clock: stands still while nothing runs and goes on from there at the next start. */
export class ClockFile {
  readonly clock: Clock;
  /** What `CLEANROOM_CLOCK` tells every process. */
  readonly setting: string;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly file: string,
    speed: number,
  ) {
    const realEpochMs = Date.now();
    const scale = { realEpochMs, virtualEpochMs: Math.max(realEpochMs, resumeFrom(file)), factor: speed };
    this.clock = scaledClock(scale);
    this.setting = clockSetting(scale);
    this.timer = setInterval(() => this.save(SAVE_EVERY_MS), SAVE_EVERY_MS);
    this.timer.unref();
    this.save(SAVE_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.timer);
    this.save();
  }

  /** @param aheadMs how much real time may pass before the next saving; after a crash the clock must not run backwards */
  private save(aheadMs = 0): void {
    const lastVirtualMs = Math.ceil(this.clock.now().getTime() + aheadMs * this.clock.factor);
    const saved: SavedClock = { lastVirtualMs, clock: this.setting };
    writeFileSync(`${this.file}.draft`, JSON.stringify(saved));
    renameSync(`${this.file}.draft`, this.file);
  }
}

/** @throws StopWithMessage when the file is there and cannot be read: the clock would run backwards */
function resumeFrom(file: string): number {
  if (!existsSync(file)) return 0;
  try {
    const { lastVirtualMs } = JSON.parse(readFileSync(file, 'utf8')) as SavedClock;
    if (!Number.isFinite(lastVirtualMs)) throw new Error('no time in it');
    return lastVirtualMs;
  } catch (error) {
    throw brokenState(dirname(file), `clock.json: ${(error as Error).message}`);
  }
}
