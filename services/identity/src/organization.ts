import { parseArgs } from 'node:util';
import type { Role } from '@cleanroom/kernel';
import { openDatabase } from '@cleanroom/persistence';
import { clockFrom, createLogger } from '@cleanroom/service-kit';
import { createOrganization, OrganizationExists, type FirstToken } from './actions/create-organization.js';
import { checkName } from './domain/check-name.js';
import { checkTimeZone } from './domain/check-time-zone.js';
import { identityPorts } from './adapters/identity-ports.js';
import { readIdentityConfig } from './config.js';

const USAGE = `npm run organization -- create "Your team" [--time-zone Europe/Berlin] [--token OWNER:name …]

Creates an organisation and prints its API tokens, once; a name that exists already is refused (exit code 3). Reads the
environment of the identity service; npm run organization without one means the installation that npm start runs here. The
days of its cost report begin at midnight in its time zone, UTC where none is given.
Roles: OWNER, OPERATOR, VIEWER. Without --token one OWNER token named "owner" is made.`;
const ROLES: readonly string[] = ['OWNER', 'OPERATOR', 'VIEWER'];

const EXISTS = 3;

const fail = (message: string): never => {
  process.stderr.write(`${message}\n\n${USAGE}\n`);
  process.exit(1);
};

const help = (): never => {
  process.stdout.write(`${USAGE}\n`);
  process.exit(0);
};

const { name, tokens, timeZone } = readArguments();
const config = readIdentityConfig();
const database = await openDatabase({
  url: config.CLEANROOM_DATABASE_URL,
  workerUrl: config.CLEANROOM_DATABASE_WORKER_URL,
  entities: [],
  applicationName: 'identity-organization',
  poolSize: 1,
});
const ports = identityPorts({
  config,
  database,
  clock: clockFrom(config),
  log: createLogger('identity-organization', 'error'),
});
const created = await createOrganization(ports, name, tokens, timeZone).catch((error: unknown) => {
  if (error instanceof RangeError) return fail(error.message);
  if (!(error instanceof OrganizationExists)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(EXISTS);
});
// The only place where these secrets are ever shown.
const shown = created.tokens.map(({ role, name: tokenName, secret }) => ({
  role,
  name: tokenName,
  secret: secret.reveal(),
}));
process.stdout.write(`${JSON.stringify({ organizationId: created.organizationId, tokens: shown })}\n`);
await database.close();

function readArguments(): { name: string; tokens: FirstToken[]; timeZone: string } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        help: { type: 'boolean', default: false },
        'time-zone': { type: 'string', default: 'UTC' },
        token: { type: 'string', multiple: true, default: ['OWNER:owner'] },
      },
    });
    if (values.help) return help();
    const [command, name = '', ...more] = positionals;
    if (command !== 'create')
      return fail(command ? `There is no command "${command}".` : 'The command is missing.');
    if (more.length > 0) return fail(`One name is taken, not also "${more[0]}"; put it in quotes.`);
    const [wrong] = checkName(name);
    if (wrong) return fail(name.trim() === '' ? 'The name is missing.' : wrong.message);
    const timeZone = values['time-zone'];
    if (checkTimeZone(timeZone).length > 0) return fail(`--time-zone knows no "${timeZone}".`);
    return { name, tokens: values.token.map(readToken), timeZone };
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

function readToken(text: string): FirstToken {
  const [role = '', tokenName = ''] = text.split(':');
  if (!ROLES.includes(role) || tokenName === '') return fail(`--token takes ROLE:name, not "${text}".`);
  return { role: role as Role, name: tokenName };
}
