import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SmallInstallation } from './small-installation.js';

const PROGRAM = randomBytes(1024 * 1024);
const SHA256 = createHash('sha256').update(PROGRAM).digest('hex');

let folder: string;
let installation: SmallInstallation;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cleanroom-files-'));
  await writeFile(join(folder, SHA256), PROGRAM);
  installation = await SmallInstallation.start({ CLEANROOM_MACHINE_FILES: folder });
});
afterAll(async () => {
  await installation.stop();
  await rm(folder, { recursive: true });
});

const at = (name: string, init?: RequestInit, { gateway } = installation) =>
  fetch(`${gateway.url}/machine/v1/files/${name}`, init);

describe('a file for machines', () => {
  it('is given to whoever knows its hash, whole', async () => {
    const response = await at(SHA256);
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(PROGRAM.equals(Buffer.from(await response.arrayBuffer()))).toBe(true);
  });

  it('is none where no file bears the hash, nor under another name, nor to be written', async () => {
    expect((await at('0'.repeat(64))).status).toBe(404);
    expect((await at('')).status).toBe(404);
    expect((await at(SHA256, { method: 'PUT', body: 'x' })).status).toBe(405);
  });

  it('is none where the operator named no folder', async () => {
    const other = await SmallInstallation.start();
    expect((await at(SHA256, {}, other)).status).toBe(404);
    await other.stop();
  });
});
