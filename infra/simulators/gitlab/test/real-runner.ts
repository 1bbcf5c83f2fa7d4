import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describeUnless } from '@cleanroom/testing';

const PROGRAM = fileURLToPath(new URL('../../../../.cleanroom/tools/gitlab-runner', import.meta.url));

const run = promisify(execFile);

/** `describe` for specs that need the real gitlab-runner, see {@link describeUnless}. */
export const describeRealRunner = (name: string, specs: () => void): void =>
  describeUnless(
    existsSync(PROGRAM) ? undefined : 'infra/simulators/gitlab/bin/build-real-runner.sh',
    name,
    specs,
  );

/** The real gitlab-runner on a machine that has nothing but a folder. */
export class RealRunner {
  constructor(private readonly folder: string) {}

  /** As the documentation of GitLab says, with a token that was made before. */
  register = (url: string, token: string): Promise<unknown> =>
    this.carryOut(
      'register',
      '--non-interactive',
      '--url',
      url,
      '--token',
      token,
      '--executor',
      'shell',
      '--name',
      'real',
    );

  /** One job, then the end, as on the machines of the product. */
  runSingle = (): Promise<unknown> => this.carryOut('run-single', '-r', 'real', '--max-builds', '1');

  /** The service that goes on until it is asked to end. */
  start = (): ChildProcess =>
    spawn(PROGRAM, ['run', ...this.config], { ...this.surroundings, stdio: 'ignore' });

  /** Fails with what the program printed. */
  private carryOut = (command: string, ...words: string[]): Promise<unknown> =>
    run(PROGRAM, [command, ...this.config, ...words], { ...this.surroundings, timeout: 150_000 });

  private get config(): string[] {
    return ['--config', join(this.folder, 'config.toml')];
  }

  private get surroundings() {
    return { cwd: this.folder, env: { HOME: this.folder, PATH: '/usr/bin:/bin' } };
  }
}

/** Asks a service to finish its jobs and take no more. Resolves with its exit code. */
export async function endGracefully(service: ChildProcess): Promise<number | null> {
  const ended = once(service, 'exit') as Promise<[number | null]>;
  service.kill('SIGQUIT');
  return (await ended)[0];
}
