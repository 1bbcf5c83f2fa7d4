import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

interface StoredFile {
  readonly mode: number;
  readonly base64: string;
}

/** Lie in memory on a real machine, or come from us: neither outlives the power. */
const VOLATILE = ['run', 'bin'];

/** A folder that is the whole file system of an agent while the power is on, and plain JSON while it is not. */
export class AgentDisk {
  readonly root = mkdtempSync(join(tmpdir(), 'cleanroom-guest-'));
  /** Whether cloud-init has still to run: nothing is on the disk yet, or only what another life left there. */
  readonly isFresh: boolean;

  constructor(
    private readonly disk: Record<string, unknown>,
    userData: string,
  ) {
    const life = createHash('sha256').update(userData).digest('hex');
    this.isFresh = disk.life !== life;
    if (this.isFresh) {
      for (const name of Object.keys(disk)) delete disk[name];
      disk.life = life;
      this.write('etc/machine-id', `${randomBytes(16).toString('hex')}\n`, 0o444);
    }
    for (const [path, { mode, base64 }] of Object.entries((disk.files ?? {}) as Record<string, StoredFile>))
      this.write(path, Buffer.from(base64, 'base64'), mode);
    mkdirSync(join(this.root, 'run'), { recursive: true });
  }

  read = (path: string): string => readFileSync(join(this.root, path), 'utf8');

  /** Names in a folder; none where there is no such folder. */
  list = (path: string): string[] => {
    try {
      return readdirSync(join(this.root, path));
    } catch {
      return [];
    }
  };

  write(path: string, content: string | Buffer, mode = 0o600): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content, { mode });
  }

  /** Keeps what a reboot finds again, and takes the folder away. */
  close(): void {
    this.disk.files = Object.fromEntries(this.lasting().map((file) => [file, stored(join(this.root, file))]));
    rmSync(this.root, { recursive: true, force: true });
  }

  private lasting = (): string[] =>
    readdirSync(this.root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(this.root, join(entry.parentPath, entry.name)))
      .filter((path) => !VOLATILE.includes(path.split('/')[0] ?? ''));
}

const stored = (file: string): StoredFile => ({
  mode: statSync(file).mode & 0o777,
  base64: readFileSync(file).toString('base64'),
});
