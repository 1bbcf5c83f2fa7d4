import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '../src/config.js';
import type { ComposeProject, ComposeService } from './compose-project.js';

const NOBODY = '10001';
/** What a container of ours finds of the system: the libraries that Node itself needs. */
const SYSTEM = ['--ro-bind', '/usr', '/usr', ...links(['bin', 'lib', 'lib64'])];
/** Said so, everybody may enter them; made on the way, only root may. */
const FOLDERS = ['/etc', '/runtime', '/run', '/run/secrets', '/tmp'].flatMap((folder) => ['--dir', folder]);

/** Why no container can be run here; undefined where one can. */
export function whyNoContainers(): string | undefined {
  if (process.getuid?.() !== 0) return 'run it as root';
  return spawnSync('bwrap', ['--version']).status === 0 ? undefined : 'apt-get install bubblewrap';
}

/** Where the containers of a project find each other, and what their images hold. */
export interface ContainerHost {
  readonly project: ComposeProject;
  /** Folder with one of image-folder.mjs for each image. */
  readonly images: string;
  /** Name of a service to its own address of 127.0.0.0/8. */
  readonly addresses: Readonly<Record<string, string>>;
}

/** One that has run to its end, or runs. */
export interface Container {
  /** What it said so far, on both channels. */
  readonly output: () => string;
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
}

/**
 * Runs a service of docker-compose.yml as an engine would, with bubblewrap: on a root that is its image and cannot be
 * written, as nobody and without a capability, with no process but its own, and with the environment, the names, the
 * folders and the secrets that the file gives it. Only the network is this machine's, and there the service listens on its own address.
 */
export function runContainer(
  host: ContainerHost,
  name: string,
  command = host.project.model.services[name]?.command ?? ['node', 'dist/service.mjs'],
): Container {
  const service = host.project.model.services[name];
  if (!service) throw new Error(`docker-compose.yml has no service ${name}`);
  const image = /\/(\w+):/.exec(service.image)?.[1] ?? '';
  const [program = '', ...args] = command;
  const environment = { ...imageEnvironment(), ...service.environment, ...ownAddress(host, name) };
  const child = spawn('bwrap', [
    ...SYSTEM,
    ...FOLDERS,
    ...['--ro-bind', process.execPath, '/runtime/node', '--ro-bind', join(host.images, image), '/cleanroom'],
    ...['--proc', '/proc', '--dev', '/dev', '--ro-bind', namesOf(host), '/etc/hosts'],
    ...foldersOf(service),
    ...secretsOf(host.project, service.secrets ?? []),
    ...['--remount-ro', '/', '--chdir', '/cleanroom', '--unshare-pid', '--unshare-ipc', '--unshare-uts'],
    ...['--die-with-parent', '--clearenv', '--setenv', 'PATH', '/runtime:/usr/bin'],
    ...Object.entries(environment).flatMap(([key, value]) => (value ? ['--setenv', key, value] : [])),
    ...['setpriv', '--reuid', NOBODY, '--regid', NOBODY, '--clear-groups', '--no-new-privs'],
    ...['--bounding-set=-all', '--inh-caps=-all', '--', program, ...args],
  ]);
  return watched(child);
}

function links(names: readonly string[]): string[] {
  return names.flatMap((name) => ['--symlink', `usr/${name}`, `/${name}`]);
}

/** What the Dockerfile sets in every image. */
function imageEnvironment(): Record<string, string> {
  const dockerfile = readFileSync(join(workspaceRoot, 'infra/compose/Dockerfile'), 'utf8');
  const assignments = /^ENV (.*)$/m.exec(dockerfile)?.[1]?.split(' ') ?? [];
  return Object.fromEntries(assignments.map((assignment) => assignment.split('=') as [string, string]));
}

const ownAddress = ({ addresses }: ContainerHost, name: string): Record<string, string> =>
  addresses[name] ? { CLEANROOM_HOST: addresses[name] } : {};

function namesOf({ project, addresses }: ContainerHost): string {
  const file = join(project.folder, 'hosts');
  writeFileSync(
    file,
    Object.entries(addresses)
      .map(([name, address]) => `${address} ${name}\n`)
      .join(''),
  );
  return file;
}

/** Folders of the host; an engine, too, makes those that are not there. */
const foldersOf = ({ volumes = [] }: ComposeService): string[] =>
  volumes.flatMap(({ source, target }) => {
    mkdirSync(source, { recursive: true });
    return ['--ro-bind', source, target];
  });

const secretsOf = (
  { model }: ComposeProject,
  secrets: readonly { readonly source: string; readonly target: string }[],
): string[] =>
  secrets.flatMap(({ source, target }) => [
    '--ro-bind',
    model.secrets[source]?.file ?? '',
    target.startsWith('/') ? target : `/run/secrets/${target}`,
  ]);

function watched(child: ChildProcess): Container {
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  return { output: () => output, ended, stop };
}
