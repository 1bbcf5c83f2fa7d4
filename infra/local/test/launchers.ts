import { rmSync } from 'node:fs';
import { throwAwayFolder } from './installation.js';
import { Launcher } from './launcher.js';

/** Starts of an installation, each with a throw-away state folder; none outlives the spec. */
export class Launchers {
  readonly #folders: string[] = [];
  readonly #launchers: Launcher[] = [];

  newFolder(): string {
    const folder = throwAwayFolder();
    this.#folders.push(folder);
    return folder;
  }

  launch(folder: string, portBase: number, ...flags: string[]): Launcher {
    const launcher = new Launcher(folder, portBase, ...flags);
    this.#launchers.push(launcher);
    return launcher;
  }

  async end(): Promise<void> {
    for (const launcher of this.#launchers) launcher.signal('SIGTERM');
    await Promise.all(this.#launchers.map(({ ended }) => ended));
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
  }
}
