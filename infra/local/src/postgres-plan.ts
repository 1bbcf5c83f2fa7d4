import { join } from 'node:path';
import type { ChildPlan } from './child.js';
import { workspaceRoot, type LocalConfig } from './config.js';
import { databaseFolder } from './database-folder.js';
import type { PostgresOrder } from './keep-postgres.js';
import type { Ports } from './ports.js';
import type { StateFolder } from './state-folder.js';

/** How the database of an installation is run. */
export function postgresPlan(config: LocalConfig, folder: StateFolder, ports: Ports): ChildPlan {
  const order: PostgresOrder = {
    databaseDir: databaseFolder(folder.path),
    port: ports.postgres,
    password: folder.state.databasePasswords.admin,
  };
  return {
    name: 'postgres',
    script: join(workspaceRoot, 'infra/local/dist/keep-postgres.js'),
    nodeFlags: ['--max-old-space-size=48'],
    env: config.inherited,
    readyUrl: undefined,
    logFile: folder.file('logs/postgres.log'),
    order,
  };
}
