import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describeUnless } from '@cleanroom/testing';
import { TOKEN } from './simulated-hetzner.js';

/** Debian's; another Python that comes first on the path has not its packages. */
const PYTHON = '/usr/bin/python3';
const CLI = '/usr/bin/hcloud';
const LIBRARY = '/usr/lib/python3/dist-packages/hcloud';
const PACKAGES: Record<string, string> = { [CLI]: 'hcloud-cli', [LIBRARY]: 'python3-hcloud' };

const run = promisify(execFile);

/** `describe` for specs of clients that Debian packages, see {@link describeUnless}. */
export function describeClient(client: 'cli' | 'python', name: string, specs: () => void): void {
  const file = client === 'cli' ? CLI : LIBRARY;
  describeUnless(existsSync(file) ? undefined : `apt-get install ${PACKAGES[file]}`, name, specs);
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
