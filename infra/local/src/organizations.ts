import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { serviceEnvironment, type Installation } from './processes.js';

const run = promisify(execFile);

/** How the program ends where there is an organisation of that name. */
const EXISTS = 3;
const MOST_LOST = 9;

interface Made {
  organizationId: string;
  tokens: { role: string; name: string; secret: string }[];
}

/** Creates the demo's two organisations with the program that makes those of any installation. */
export async function ensureOrganizations(of: Installation): Promise<void> {
  const { apiTokens } = of.folder.state;
  if (!apiTokens.owner) {
    const tokens = await made(of, 'Acme', [
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
    apiTokens.other = secretOf(await made(of, 'Globex', ['--token', 'OWNER:demo-owner']), 'OWNER');
    of.folder.save();
  }
}

/** One that a start made and was ended before it kept the tokens is lost to everybody: the next has a number. */
async function made(of: Installation, name: string, args: string[], nth = 1): Promise<Made> {
  try {
    return await create(of, nth === 1 ? name : `${name} ${nth}`, args);
  } catch (error) {
    const exists = (error as { code?: unknown }).code === EXISTS;
    if (!exists || nth === MOST_LOST) throw error;
    return made(of, name, args, nth + 1);
  }
}

async function create(of: Installation, name: string, args: string[]): Promise<Made> {
  const { stdout } = await run(
    process.execPath,
    [join(of.root, 'services/identity/dist/organization.mjs'), 'create', name, ...args],
    {
      env: {
        ...of.inherited,
        CLEANROOM_CLOCK: of.clock,
        CLEANROOM_PORT: '0',
        ...serviceEnvironment(of, 'identity'),
      },
    },
  );
  return JSON.parse(stdout) as Made;
}

function secretOf({ tokens }: Made, role: string): string {
  const token = tokens.find((candidate) => candidate.role === role);
  if (!token) throw new Error(`identity created no ${role} token`);
  return token.secret;
}
