import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The bytes of artifacts; what is known about them is part of their job. */
export class ArtifactStore {
  private readonly inMemory = new Map<number, Buffer>();

  /** @param folder undefined keeps them in memory */
  constructor(private readonly folder?: string) {
    if (folder) mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  put(id: number, bytes: Buffer): void {
    if (this.folder) writeFileSync(join(this.folder, String(id)), bytes, { mode: 0o600 });
    else this.inMemory.set(id, bytes);
  }

  get(id: number): Buffer | undefined {
    if (!this.folder) return this.inMemory.get(id);
    try {
      return readFileSync(join(this.folder, String(id)));
    } catch {
      // A process that was killed may have kept the job and lost the file.
      return undefined;
    }
  }

  /** Removes all others. */
  keepOnly(ids: ReadonlySet<number>): void {
    for (const id of this.ids()) if (!ids.has(id)) this.remove(id);
  }

  private ids = (): number[] =>
    this.folder ? readdirSync(this.folder).map(Number) : [...this.inMemory.keys()];

  private remove(id: number): void {
    if (this.folder) rmSync(join(this.folder, String(id)), { force: true });
    else this.inMemory.delete(id);
  }
}
