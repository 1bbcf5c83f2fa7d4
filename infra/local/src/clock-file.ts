import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { virtualClock, type Clock } from '@cleanroom/kernel';
import { brokenState } from './broken-state.js';

const SAVE_EVERY_MS = 1_000;

/** The installation's virtual clock: stands still while nothing runs and goes on from there at the next start. */
export class ClockFile {
  readonly clock: Clock;
  /** What `CLEANROOM_CLOCK` tells every process: real anchor, virtual anchor, factor. */
  readonly setting: string;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly file: string,
    speed: number,
  ) {
    const realAnchor = Date.now();
    const virtualAnchor = Math.max(realAnchor, resumeFrom(file, speed));
    this.clock = virtualClock({ realAnchor, virtualAnchor, factor: speed });
    this.setting = `${realAnchor},${virtualAnchor},${speed}`;
    this.timer = setInterval(() => this.save(speed), SAVE_EVERY_MS);
    this.timer.unref();
    this.save(speed);
  }

  stop(speed: number): void {
    clearInterval(this.timer);
    this.save(speed);
  }

  private save(speed: number): void {
    writeFileSync(`${this.file}.draft`, JSON.stringify({ virtual: this.clock.now().getTime(), speed }));
    renameSync(`${this.file}.draft`, this.file);
  }
}

/**
 * After a crash up to one interval was not saved: skip it, so that the clock never runs backwards.
 *
 * @throws StopWithMessage when the file is there and cannot be read: the clock would run backwards
 */
function resumeFrom(file: string, speed: number): number {
  if (!existsSync(file)) return 0;
  try {
    const saved = JSON.parse(readFileSync(file, 'utf8')) as { virtual: number; speed: number };
    if (!Number.isFinite(saved.virtual) || !Number.isFinite(saved.speed)) throw new Error('no time in it');
    return saved.virtual + SAVE_EVERY_MS * Math.max(saved.speed, speed);
  } catch (error) {
    throw brokenState(dirname(file), `clock.json: ${(error as Error).message}`);
  }
}
