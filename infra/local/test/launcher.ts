import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '../src/config.js';
import type { Demo } from '../src/demo.js';
import { eventually } from './eventually.js';
import { processesWith } from './process-list.js';

/** `npm start` without the installation and the build, which the test run has done. */
export class Launcher {
  output = '';
  readonly ended: Promise<number | null>;
  private readonly child: ChildProcess;

  constructor(
    readonly stateFolder: string,
    readonly portBase: number,
    ...flags: string[]
  ) {
    const env = {
      ...process.env,
      CLEANROOM_STATE_FOLDER: stateFolder,
      CLEANROOM_PORT_BASE: String(portBase),
      NODE_OPTIONS: '',
    };
    this.child = spawn(process.execPath, [join(workspaceRoot, 'infra/local/dist/main.js'), ...flags], {
      env,
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (text: Buffer) => (this.output += text.toString()));
    this.ended = new Promise((resolve) => this.child.once('exit', resolve));
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  async demo(): Promise<Demo> {
    const isReady = () => this.output.includes('Ready after');
    const ended = this.ended.then(() => {
      if (!isReady()) throw new Error(`it ended before it was ready:\n${this.output}`);
    });
    await Promise.race([ended, eventually(isReady, { within: 180_000, every: 100 })]);
    return JSON.parse(readFileSync(join(this.stateFolder, 'demo.json'), 'utf8')) as Demo;
  }

  /** Processes that have the state folder, or a port of this installation, in their environment. */
  leftOver(): string[] {
    return processesWith(`CLEANROOM_PUBLIC_ORIGIN=http://127.0.0.1:${this.portBase}`).concat(
      processesWith(this.stateFolder),
    );
  }
}
