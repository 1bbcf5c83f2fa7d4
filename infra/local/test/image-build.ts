import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { workspaceRoot } from '../src/config.js';
import { copyContext } from './docker-context.js';

interface Instruction {
  readonly word: string;
  readonly rest: string;
}

/** One `FROM … AS name` with what follows it. */
interface Stage {
  readonly name: string;
  readonly instructions: readonly Instruction[];
}

const STEP_WITHIN_MS = 600_000;
/** They say how an image is run, and change nothing in it. */
const SETTINGS = new Set(['ENV', 'USER', 'EXPOSE', 'HEALTHCHECK', 'CMD']);
const WAY_TO_REGISTRY =
  /^(HOME|NODE_EXTRA_CA_CERTS|(https?|no)_proxy|npm_config_(registry|cache|(user|global)config|(https_?)?proxy|noproxy|ca(file)?|strict_ssl|fetch_.*))$/i;

/**
 * Does what the Dockerfile says without an engine: its commands, word for word, run in scratch folders under this Node, on
 * what an engine would be sent of the workspace. As in an engine's cache, what comes before `ARG SERVICE` is done once.
 */
export class ImageBuild {
  readonly #stages: readonly Stage[];
  readonly #done = new Set<string>();

  /** @param scratch an empty folder, which stands for the root of each stage */
  constructor(private readonly scratch: string) {
    this.#stages = readStages(readFileSync(join(workspaceRoot, 'infra/compose/Dockerfile'), 'utf8'));
    copyContext(join(scratch, 'context'));
  }

  /** Makes the image of a service. @returns its working folder */
  async image(service: string): Promise<string> {
    let folder = '';
    let variant = '';
    for (const stage of this.#stages) {
      const isLast = stage === this.#stages.at(-1);
      const root = join(this.scratch, isLast ? `image-${service}` : stage.name);
      for (const [index, { word, rest }] of stage.instructions.entries()) {
        if (word === 'WORKDIR') mkdirSync((folder = join(root, rest)), { recursive: true });
        if (word === 'ARG') variant = service;
        const step = `${variant} ${stage.name} ${index}`;
        if (!this.#done.has(step)) await this.#do({ word, rest }, folder, service);
        this.#done.add(step);
      }
    }
    return folder;
  }

  async #do({ word, rest }: Instruction, folder: string, service: string): Promise<void> {
    if (word === 'RUN') return run(rest, folder, service);
    if (word === 'COPY') return this.#copy(rest, folder);
    if (!SETTINGS.has(word) && word !== 'WORKDIR' && word !== 'ARG')
      throw new Error(`the Dockerfile says ${word}, of which this knows nothing`);
  }

  #copy(words: string, folder: string): void {
    const [, stage, from = '', to = ''] = /^(?:--from=(\S+) )?(\S+) (\S+)$/.exec(words) ?? [];
    cpSync(join(this.scratch, stage ?? 'context', from), join(folder, to), { recursive: true });
  }
}

function readStages(dockerfile: string): Stage[] {
  const lines = dockerfile
    .replace(/^#.*\n/gm, '')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter(Boolean);
  const stages: { name: string; instructions: Instruction[] }[] = [];
  for (const line of lines) {
    const [, word = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    if (word === 'FROM') stages.push({ name: / AS (\w+)$/.exec(rest)?.[1] ?? 'image', instructions: [] });
    else stages.at(-1)?.instructions.push({ word, rest });
  }
  return stages;
}

async function run(command: string, cwd: string, service: string): Promise<void> {
  const env = { ...environment(), SERVICE: service };
  const options = { cwd, env, timeout: STEP_WITHIN_MS, maxBuffer: 64 * 1024 * 1024 };
  const once = () => promisify(execFile)('/bin/sh', ['-c', command], options);
  // A registry may be away for a moment; `npm ci` begins anew by itself.
  const tried = command.startsWith('npm ci') ? once().catch(once) : once();
  await tried.catch((error: unknown) => {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command}\n${stdout}${stderr}`, { cause: error });
  });
}

/**
 * This Node and the way to the registry, and nothing else of this workspace: what npm and the tests tell their children
 * means this one.
 */
function environment(): Record<string, string | undefined> {
  const { PATH = '' } = process.env;
  const outside = PATH.split(':').filter((folder) => !folder.startsWith(workspaceRoot));
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => WAY_TO_REGISTRY.test(name))),
    // The workspace was installed a moment ago: what that left in npm's cache is not fetched again.
    npm_config_prefer_offline: 'true',
    PATH: [dirname(process.execPath), ...outside].join(':'),
  };
}
