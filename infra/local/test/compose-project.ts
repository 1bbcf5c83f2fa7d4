import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from '../src/config.js';
import { installationKeys } from '../src/installation-keys.js';
import { secretFiles, type Stores } from '../src/secrets/secret-files.js';
import { writeSecrets } from '../src/secrets/write-secrets.js';
import { runTool } from './deployment-tools.js';

/** A service of docker-compose.yml, as the loader of `docker compose` understands it. */
export interface ComposeService {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly volumes?: readonly {
    readonly type: string;
    readonly source: string;
    readonly target: string;
    readonly read_only?: boolean;
  }[];
  readonly secrets?: readonly { readonly source: string; readonly target: string }[];
  readonly networks: Readonly<Record<string, unknown>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly ports?: readonly { readonly host_ip?: string; readonly published?: string }[];
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly healthcheck?: { readonly disable?: boolean; readonly test?: readonly string[] };
}

/** The whole of docker-compose.yml. */
export interface ComposeModel {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
  readonly configs: Readonly<Record<string, { readonly file: string }>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
}

/** A copy of the deployment with example settings and secrets of its own. */
export interface ComposeProject {
  readonly folder: string;
  readonly model: ComposeModel;
  /** The secrets by their paths, as they were made. */
  readonly secrets: ReadonlyMap<string, string>;
  remove(): void;
}

/** Does what infra/compose/README.md tells a person to do before `docker compose up`. */
export async function composeProject(
  stores: Stores = { postgres: 'postgres:5432', bus: 'kafka://kafka:9092' },
): Promise<ComposeProject> {
  const folder = mkdtempSync(join(tmpdir(), 'cleanroom-compose-'));
  for (const part of ['docker-compose.yml', 'infra/otel', 'infra/prometheus', 'infra/grafana'])
    cpSync(join(workspaceRoot, part), join(folder, part), { recursive: true });
  const ours = (path: string) => !/\/(secrets|\.env)$/.test(path);
  cpSync(join(workspaceRoot, 'infra/compose'), join(folder, 'infra/compose'), {
    recursive: true,
    filter: ours,
  });
  const example = readFileSync(join(folder, 'infra/compose/example.env'), 'utf8');
  // No proxy stands before the gateway here.
  const own = example.replace('https://cleanroom.example', 'http://gateway:4000');
  writeFileSync(join(folder, 'infra/compose/.env'), own);
  const secrets = secretFiles(await installationKeys(), stores);
  writeSecrets(join(folder, 'infra/compose/secrets'), secrets);
  const model = JSON.parse(
    await runTool('compose', ['-format', 'json', 'docker-compose.yml'], folder),
  ) as ComposeModel;
  return { folder, model, secrets, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
