import { closeSync, constants, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** What jobs have printed. How much of it counts is part of the job, so that a killed process has no half of a piece. */
export class TraceStore {
  private readonly inMemory = new Map<number, Buffer[]>();

  /** @param folder undefined keeps it in memory */
  constructor(private readonly folder?: string) {
    if (folder) mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** @param start how much of the trace was here before; 0 begins it anew */
  append(jobId: number, start: number, bytes: Buffer): void {
    if (!this.folder) {
      const pieces = start === 0 ? [] : (this.inMemory.get(jobId) ?? []);
      pieces.push(bytes);
      this.inMemory.set(jobId, pieces);
      return;
    }
    const file = openSync(this.fileOf(jobId), constants.O_WRONLY | constants.O_CREAT, 0o600);
    try {
      writeSync(file, bytes, 0, bytes.length, start);
    } finally {
      closeSync(file);
    }
  }

  /** The first `size` bytes. */
  read(jobId: number, size: number): Buffer {
    if (size === 0) return Buffer.alloc(0);
    const all = this.folder
      ? readFileSync(this.fileOf(jobId))
      : Buffer.concat(this.inMemory.get(jobId) ?? []);
    return all.subarray(0, size);
  }

  forget(jobId: number): void {
    this.inMemory.delete(jobId);
    if (this.folder) rmSync(this.fileOf(jobId), { force: true });
  }

  private fileOf = (jobId: number): string => join(this.folder ?? '', String(jobId));
}
