import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { stopOrphanedBroker } from '@cleanroom/kafka-broker';
import { brokenState } from './broken-state.js';
import type { BusKind } from './bus-kind.js';
import { databaseFolder } from './database-folder.js';
import { lockFolder } from './folder-lock.js';
import { installationKeys, type InstallationKeys } from './installation-keys.js';
import { stopOrphanedPostgres } from './orphaned-postgres.js';
import { StopWithMessage } from './stop-with-message.js';

/** What an installation must remember between two starts. */
export interface InstallationState extends InstallationKeys {
  version: 1;
  /** Label value by which it knows its own resources at Hetzner. */
  installation: string;
  databasePasswords: { admin: string; owner: string; app: string; worker: string };
  /** Of 64 characters, as every token that is told: some clients refuse others. */
  hetznerToken: string;
  gitlabToken: string;
  /** API tokens by name, once the organisations exist. */
  apiTokens: { owner?: string; viewer?: string; other?: string };
  /** What carries its events; another one would not know those under way. @default embedded */
  bus?: BusKind;
  /** The ports at which its connections know the simulators. @default those of the first start that writes it down */
  portBase?: number;
}

/** What a start leaves in its folder, and so all that `--reset` removes. */
const OURS = [
  'installation.json',
  'installation.json.draft',
  'demo.json',
  'clock.json',
  'clock.json.draft',
  'logs',
  'postgres',
  'postgres-programs',
  'kafka',
  'hetzner-simulator',
  'gitlab-simulator',
];
const LOCK = 'lock.json';
/** Fetched once for all starts, so no reset removes it. */
export const KAFKA_JARS = 'kafka-jars';

/** A folder with everything that outlives a start. Readable by its owner only: it holds the keys of the installation. */
export class StateFolder {
  private constructor(
    readonly path: string,
    readonly state: InstallationState,
    /** Lets others use the folder again. */
    readonly release: () => void,
  ) {}

  /** @throws StopWithMessage when the folder cannot be used, or another start uses it; nothing in it is changed then. */
  static async open(path: string, options: { reset: boolean; portBase: number }): Promise<StateFolder> {
    refuseForeign(path);
    try {
      mkdirSync(path, { recursive: true });
    } catch (error) {
      throw new StopWithMessage(`The state folder ${path} cannot be made: ${(error as Error).message}`);
    }
    const release = lockFolder(join(path, LOCK), options.portBase);
    try {
      await stopOrphanedPostgres(databaseFolder(path));
      await stopOrphanedBroker(join(path, 'kafka'));
      if (options.reset) forget(path);
      const folder = new StateFolder(path, readState(path) ?? (await freshState()), release);
      mkdirSync(folder.file('logs'), { recursive: true });
      folder.save();
      return folder;
    } catch (error) {
      release();
      throw error;
    }
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** Writes the state so that a crash leaves the old or the new one, never half of it. */
  save(): void {
    const target = this.file('installation.json');
    const draft = `${target}.draft`;
    writeFileSync(draft, JSON.stringify(this.state, null, 2), { mode: 0o600 });
    chmodSync(draft, 0o600);
    renameSync(draft, target);
  }
}

function forget(path: string): void {
  for (const each of [databaseFolder(path), ...OURS.map((name) => join(path, name))])
    rmSync(each, { recursive: true, force: true });
}

/** A folder that holds other things was named by mistake: nothing may be written there, and nothing reset. */
function refuseForeign(path: string): void {
  if (!existsSync(path) || existsSync(join(path, 'installation.json'))) return;
  const foreign = readdirSync(path).filter((name) => ![...OURS, LOCK, KAFKA_JARS].includes(name));
  if (foreign.length === 0) return;
  throw new StopWithMessage(
    `${path} holds other things (${foreign.slice(0, 3).join(', ')}) and is no state folder of Cleanroom.\n` +
      '  Name an empty one, or one that is not there yet, in CLEANROOM_STATE_FOLDER.',
  );
}

function readState(path: string): InstallationState | undefined {
  const file = join(path, 'installation.json');
  if (!existsSync(file)) {
    if (!existsSync(databaseFolder(path))) return undefined;
    throw brokenState(path, 'it has a database, but installation.json is missing');
  }
  try {
    const state = JSON.parse(readFileSync(file, 'utf8')) as InstallationState;
    if (state.version !== 1 || !state.gatewayKey || !state.databasePasswords)
      throw new Error('keys are missing in installation.json');
    return state;
  } catch (error) {
    throw brokenState(path, (error as Error).message);
  }
}

async function freshState(): Promise<InstallationState> {
  const word = (bytes: number) => randomBytes(bytes).toString('hex');
  return {
    version: 1,
    installation: `local-${word(4)}`,
    ...(await installationKeys()),
    databasePasswords: { admin: word(16), owner: word(16), app: word(16), worker: word(16) },
    hetznerToken: word(32),
    gitlabToken: `glpat-${word(29)}`,
    apiTokens: {},
  };
}
