import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { serviceEnvironment, type Installation } from './processes.js';

const run = promisify(execFile);

/** How the program ends where there is an organisation of that name. */
const EXISTS = 3;
const MOST_LOST = 9;

interface Bootstrapped {
  organizationId: string;
  tokens: { role: string; name: string; secret: string }[];
}

/** Creates the demo's two organisations with the program that makes the first one of any installation. */
export async function ensureOrganizations(of: Installation): Promise<void> {
  const { apiTokens } = of.folder.state;
  if (!apiTokens.owner) {
    const tokens = await bootstrap(of, 'Acme', [
      '--time-zone',
      'Europe/Berlin',
      '--token',
      'OWNER:demo-owner',
      '--token',
      'VIEWER:demo-viewer',
    ]);
    apiTokens.owner = secretOf(tokens, 'OWNER');
    apiTokens.viewer = secretOf(tokens, 'VIEWER');
    of.folder.save();
  }
  if (!apiTokens.other) {
    apiTokens.other = secretOf(await bootstrap(of, 'Globex', ['--token', 'OWNER:demo-owner']), 'OWNER');
    of.folder.save();
  }
}

/** One that a start made and was ended before it kept the tokens is lost to everybody: the next has a number. */
async function bootstrap(of: Installation, name: string, args: string[], nth = 1): Promise<Bootstrapped> {
  try {
    return await create(of, nth === 1 ? name : `${name} ${nth}`, args);
  } catch (error) {
    const exists = (error as { code?: unknown }).code === EXISTS;
    if (!exists || nth === MOST_LOST) throw error;
    return bootstrap(of, name, args, nth + 1);
  }
}

async function create(of: Installation, name: string, args: string[]): Promise<Bootstrapped> {
  const { stdout } = await run(
    process.execPath,
    [join(of.root, 'services/identity/dist/bootstrap.mjs'), '--name', name, ...args],
    {
      env: {
        ...of.inherited,
        CLEANROOM_CLOCK: of.clock,
        CLEANROOM_PORT: '0',
        ...serviceEnvironment(of, 'identity'),
      },
    },
  );
  return JSON.parse(stdout) as Bootstrapped;
}

function secretOf({ tokens }: Bootstrapped, role: string): string {
  const token = tokens.find((candidate) => candidate.role === role);
  if (!token) throw new Error(`identity created no ${role} token`);
  return token.secret;
}
