import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePortBlock } from '@cleanroom/testing';
import { workspaceRoot } from '../src/config.js';

/** As `npm start` leaves it behind, as far as these programs read it before they connect. */
const STATE = { version: 1, databasePasswords: { admin: 'a', owner: 'b', app: 'c', worker: 'd' } };

describe('with an installation that does not run,', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cleanroom-without-start-'));
    writeFileSync(join(folder, 'installation.json'), JSON.stringify(STATE));
    writeFileSync(join(folder, 'clock.json'), JSON.stringify({ lastVirtualMs: Date.now(), clock: '0:0:10' }));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = (program: string, args: string[], base: number) =>
    new Promise<{ code: unknown; said: string }>((resolve) => {
      const env = {
        ...process.env,
        CLEANROOM_STATE_FOLDER: folder,
        CLEANROOM_PORT_BASE: String(base),
        NODE_OPTIONS: '',
      };
      const script = join(workspaceRoot, `infra/local/dist/${program}.js`);
      execFile(process.execPath, [script, ...args], { env }, (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, said: stdout + stderr }),
      );
    });

  it.each([
    ['organization', ['create', 'Umbrella']],
    ['events/main', []],
  ])('%s says that npm start has to run, without a stack', async (program, args) => {
    const base = await freePortBlock();
    const { code, said } = await run(program, args, base);
    expect(said).toContain(`does not answer at 127.0.0.1:${base + 20}`);
    expect(said).toContain('npm start has to run');
    expect(said).not.toMatch(/\n\s+at |ECONNREFUSED/);
    expect(code).toBe(1);
  });
});
