import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { cpuSeconds } from './cpu-seconds.js';

export const TOKEN = 'bench';

/** Which simulator, and how it is set up. */
export interface SimulatorProgram {
  readonly name: 'hetzner' | 'gitlab';
  readonly env: Readonly<Record<string, string>>;
  /** A path that answers as soon as it runs. */
  readonly ready: string;
}

/** A simulator in a process of its own, held to one core where the system can do that. */
export class SimulatorProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {}

  /** Resolves when it answers. Throws after ten seconds. */
  static async start({ name, env, ready }: SimulatorProgram): Promise<SimulatorProcess> {
    const port = await freePort();
    const common = { PATH: '/usr/bin:/bin', CLEANROOM_PORT: String(port), CLEANROOM_LOG_LEVEL: 'error' };
    const program = fileURLToPath(new URL(`../../simulators/${name}/dist/main.js`, import.meta.url));
    const pinned = spawnSync('taskset', ['-c', '0', 'true']).status === 0;
    const command = [...(pinned ? ['taskset', '-c', '0'] : []), process.execPath, program];
    const child = spawn(command[0] ?? '', command.slice(1), {
      ...{ env: { ...common, ...env }, stdio: ['ignore', 'ignore', 'inherit'] },
    });
    const started = new SimulatorProcess(child, port);
    await started.answers(ready);
    return started;
  }

  /** Seconds of processor time that it has had. */
  cpuSeconds(): number {
    return cpuSeconds(this.child.pid ?? 0);
  }

  /** MiB of memory that it holds. */
  memory(): number {
    return Number(/VmRSS:\s+(\d+)/.exec(this.proc('status'))?.[1]) / 1024;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
  }

  private proc(file: string): string {
    return readFileSync(`/proc/${this.child.pid}/${file}`, 'utf8');
  }

  private async answers(path: string): Promise<void> {
    const deadline = performance.now() + 10_000;
    while (performance.now() < deadline) {
      const answer = await fetch(`http://127.0.0.1:${this.port}${path}`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('the simulator does not answer');
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
