import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { once } from 'node:events';

export interface SuperviseOptions {
  readonly command: string;
  readonly args?: readonly string[];
  /** The child's whole environment, of each run anew where it is a function: it inherits nothing. */
  readonly env?: Readonly<Record<string, string>> | (() => Readonly<Record<string, string>>);
  readonly cwd?: string;
  /** Start it again when it ends without being asked to. @default true */
  readonly restart?: boolean;
  /** Real milliseconds before it is started again. @default 50 */
  readonly restartDelay?: number;
  /** Where its output goes; kept in memory otherwise, the last 64 kB. */
  readonly outputFile?: string;
  /** Told of each end with the last 64 kB that were written until then, before the next run begins. */
  readonly onExit?: (exit: Exit, output: string) => void;
}

/** How one run of the child ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A child that is kept alive, as a process manager would. */
export interface SupervisedProcess {
  /** Of the run that is going on; undefined between two runs. */
  readonly pid: number | undefined;
  /** How often it was ended by SIGKILL. */
  readonly kills: number;
  /** All ends so far, oldest first. */
  readonly exits: readonly Exit[];
  /** The end of what it wrote. */
  readonly output: string;
  /** Sends a signal to the run that is going on. */
  signal(signal: NodeJS.Signals): void;
  /** Ends it for good: SIGTERM, and SIGKILL after 10 s. Returns how it ended. */
  stop(): Promise<Exit | undefined>;
}

const OUTPUT_KEPT = 64 * 1024;
const STOP_WITHIN_MS = 10_000;

/** Starts a program and keeps it alive until it is stopped; it also ends with this process. */
export function superviseProcess(options: SuperviseOptions): SupervisedProcess {
  return new Supervisor(options);
}

class Supervisor implements SupervisedProcess {
  readonly exits: Exit[] = [];
  output = '';
  #child: ChildProcess | undefined;
  #stopping = false;
  #timer: NodeJS.Timeout | undefined;
  readonly #endChild = () => this.signal('SIGKILL');

  constructor(private readonly options: SuperviseOptions) {
    process.once('exit', this.#endChild);
    this.#start();
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get kills(): number {
    return this.exits.filter(({ signal }) => signal === 'SIGKILL').length;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  async stop(): Promise<Exit | undefined> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    process.off('exit', this.#endChild);
    if (!this.#child) return this.exits.at(-1);
    const ended = once(this.#child, 'close');
    const impatience = setTimeout(() => this.signal('SIGKILL'), STOP_WITHIN_MS);
    // A stopped child hears no SIGTERM before it goes on.
    this.signal('SIGCONT');
    this.signal('SIGTERM');
    await ended;
    clearTimeout(impatience);
    return this.exits.at(-1);
  }

  #start(): void {
    const { command, args = [], env = {}, cwd } = this.options;
    const child = spawn(command, args, {
      cwd,
      env: typeof env === 'function' ? env() : env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => this.#keep(text.toString()));
    child.once('error', (error) => this.#keep(`${error.message}\n`));
    child.once('close', (code, signal) => this.#ended({ code, signal }));
  }

  #ended(exit: Exit): void {
    this.exits.push(exit);
    this.#child = undefined;
    this.options.onExit?.(exit, this.output);
    const { restart = true, restartDelay = 50 } = this.options;
    if (restart && !this.#stopping) this.#timer = setTimeout(() => this.#start(), restartDelay);
  }

  #keep(text: string): void {
    if (this.options.outputFile) appendFileSync(this.options.outputFile, text);
    this.output = (this.output + text).slice(-OUTPUT_KEPT);
  }
}
