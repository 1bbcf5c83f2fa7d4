import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describeUnless } from '@cleanroom/testing';
import { TOKEN } from './simulated-hetzner.js';

/** Debian's; another Python that comes first on the path has not its packages. */
const PYTHON = '/usr/bin/python3';
const CLI = '/usr/bin/hcloud';
const LIBRARY = '/usr/lib/python3/dist-packages/hcloud';
const PACKAGES: Record<string, string> = { [CLI]: 'hcloud-cli', [LIBRARY]: 'python3-hcloud' };
/** The program that uses Hetzner's library for Go, with the versions of it and of what it needs. */
const GO_PROGRAM = fileURLToPath(new URL('../clients/hcloud-go', import.meta.url));

const run = promisify(execFile);

/** `describe` for specs of the official clients, see {@link describeUnless}. */
export function describeClient(client: 'cli' | 'python' | 'go', name: string, specs: () => void): void {
  describeUnless(client === 'go' ? goLacks() : packageLacks(client === 'cli' ? CLI : LIBRARY), name, specs);
}

const packageLacks = (file: string): string | undefined =>
  existsSync(file) ? undefined : `apt-get install ${PACKAGES[file]}`;

/** Asks for what the program is made of, and fetches it where it is not there yet. */
function goLacks(): string | undefined {
  const { error, status } = spawnSync('go', ['list', '-deps', '.'], { cwd: GO_PROGRAM, timeout: 120_000 });
  if (error) return 'Go is not installed.';
  return status === 0 ? undefined : 'Go is older than go.mod says, or cannot get the modules named there.';
}

/** How a program of the official command line client ended. */
export interface CliOutcome {
  readonly code: number;
  readonly output: string;
  readonly error: string;
}

/** Calls `hcloud` as a user would, with nothing of ours but the endpoint. */
export async function hcloud(endpoint: string, ...args: string[]): Promise<CliOutcome> {
  const env = { HCLOUD_ENDPOINT: endpoint, HCLOUD_TOKEN: TOKEN, HOME: '/nonexistent', PATH: '/usr/bin:/bin' };
  try {
    const { stdout, stderr } = await run(CLI, ['--poll-interval', '20ms', ...args], {
      env,
      timeout: 120_000,
    });
    return { code: 0, output: stdout, error: stderr };
  } catch (failure) {
    const { code, stdout = '', stderr = '' } = failure as { code: number; stdout?: string; stderr?: string };
    return { code, output: stdout, error: stderr };
  }
}

/** Runs the program that lives a server's life with the official Python library; what it saw, by name. */
export async function lifeInPython(endpoint: string): Promise<Record<string, unknown>> {
  const program = fileURLToPath(new URL('server_life.py', import.meta.url));
  const env = { HCLOUD_ENDPOINT: endpoint, HCLOUD_TOKEN: TOKEN, PYTHONDONTWRITEBYTECODE: '1' };
  const { stdout } = await run(PYTHON, [program], { env, timeout: 150_000 });
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** Builds the program that lives a server's life with the official library for Go, and runs it; what it saw, by name. */
export async function lifeInGo(endpoint: string): Promise<Record<string, unknown>> {
  const folder = await mkdtemp(join(tmpdir(), 'hcloud-go-'));
  const program = join(folder, 'life');
  try {
    await run('go', ['build', '-o', program, '.'], { cwd: GO_PROGRAM, timeout: 170_000 });
    const env = { HCLOUD_ENDPOINT: endpoint, HCLOUD_TOKEN: TOKEN };
    const { stdout } = await run(program, [], { env, timeout: 90_000 });
    return JSON.parse(stdout) as Record<string, unknown>;
  } finally {
    await rm(folder, { recursive: true });
  }
}
