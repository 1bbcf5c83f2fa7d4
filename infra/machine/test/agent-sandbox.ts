import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { machineSettings } from '../src/machine-settings.js';

const files = fileURLToPath(new URL('../files/', import.meta.url));

/** Notes what it was called with, then is the real one. */
const WATCHED_CURL = `#!/bin/sh
printf '%s\\n' "$*" >>"$CLEANROOM_ROOT/arguments"
exec /usr/bin/curl "$@"
`;

/** A directory that is the whole file system of an agent, with a gitlab-runner that does what a test says. */
export class AgentSandbox {
  readonly root = mkdtempSync(join(tmpdir(), 'cleanroom-agent-'));
  /** Seconds. */
  giveUpAfter = 60;
  private child: ChildProcess | undefined;
  private output = '';

  constructor(origin: string, ticket: string) {
    const settings = { origin, machineId: 'mch_1', generation: 3, ticket };
    this.write('etc/cleanroom/machine.json', machineSettings(settings));
    mkdirSync(join(this.root, 'etc/cleanroom'), { recursive: true });
    copyFileSync(join(files, 'config.toml'), join(this.root, 'etc/cleanroom/config.toml'));
    this.write('var/lib/cleanroom/installed', '');
    for (const name of ['user-data.txt', 'user-data.txt.i', 'cloud-config.txt', 'obj.pkl'])
      this.write(`var/lib/cloud/instances/42/${name}`, ticket);
    this.write('var/lib/cloud/instances/42/sem/config_runcmd', '');
    this.program('nft', '#!/bin/sh\n[ "$*" = "list table inet cleanroom" ]\n');
    this.program('curl', WATCHED_CURL);
  }

  /** @param script the lines of a stand-in for gitlab-runner; `log JOB MESSAGE` writes a line as it would */
  runner(...script: string[]): this {
    const log = `log() { printf '{"job":%s,"level":"info","msg":"%s","runner":"abc"}\\n' "$1" "$2" >&2; }`;
    const noted = [
      `root='${this.root}'`,
      `printf '%s\\n' "$*" >"$root/runner-arguments"`,
      'cp "$5" "$root/config-seen"',
    ];
    return this.program('gitlab-runner', ['#!/bin/sh', 'set -eu', ...noted, log, ...script, ''].join('\n'));
  }

  program(name: string, content: string): this {
    this.write(`bin/${name}`, content, 0o755);
    return this;
  }

  start(): void {
    this.child = spawn('sh', [join(files, 'agent.sh')], {
      env: {
        PATH: `${join(this.root, 'bin')}:/usr/sbin:/usr/bin:/sbin:/bin`,
        CLEANROOM_ROOT: this.root,
        CLEANROOM_TICK: '0.1',
        CLEANROOM_ALIVE_EVERY: '1',
        CLEANROOM_TOKENS_EVERY: '2',
        CLEANROOM_RETRY_AFTER: '0.2',
        CLEANROOM_GIVE_UP_AFTER: String(this.giveUpAfter),
      },
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString('utf8')));
  }

  get exitCode(): number | null | undefined {
    return this.child?.exitCode;
  }

  get said(): string {
    return this.output;
  }

  kill(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }

  has = (path: string): boolean => existsSync(join(this.root, path));
  read = (path: string): string => readFileSync(join(this.root, path), 'utf8');
  modeOf = (path: string): string => (statSync(join(this.root, path)).mode & 0o777).toString(8);

  write(path: string, content: string, mode = 0o600): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content, { mode });
  }

  async dispose(): Promise<void> {
    const { child } = this;
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    }
    rmSync(this.root, { recursive: true, force: true });
  }
}
