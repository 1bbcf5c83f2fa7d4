import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../bin/check-generated.mjs', import.meta.url));

describe('the check of generated files', () => {
  let folder: string;
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'pipe' });
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cleanroom-generated-'));
    git('init', '--quiet');
    mkdirSync(join(folder, 'generated'));
    write('generated/known.ts', 'export {};\n');
    git('add', '.');
    git('-c', 'user.name=spec', '-c', 'user.email=spec@example.com', 'commit', '--quiet', '-m', 'Begin');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** What it says; nothing where it has nothing against it. */
  const said = () =>
    new Promise<string>((resolve) =>
      execFile(process.execPath, [script, 'generated', 'gone.md'], { cwd: folder }, (error, out, complaint) =>
        resolve(error ? out + complaint : ''),
      ),
    );

  it('has nothing against what is as committed, whatever else there is', async () => {
    write('draft.ts', '');
    expect(await said()).toBe('');
  });

  it('refuses one that differs, and shows how', async () => {
    write('generated/known.ts', 'export const more = 1;\n');
    expect(await said()).toMatch(/ M generated\/known\.ts[^]*\+export const more/);
  });

  it('has nothing against what is about to be committed, and refuses what was changed after that', async () => {
    write('generated/known.ts', 'export const more = 1;\n');
    write('generated/new.ts', '');
    git('add', '.');
    expect(await said()).toBe('');
    write('generated/known.ts', 'export const evenMore = 1;\n');
    expect(await said()).toMatch(/:\nMM generated\/known\.ts\ndiff[^]*\+export const evenMore/);
  });

  it('refuses one that nobody has committed', async () => {
    write('generated/new.ts', '');
    expect(await said()).toContain('?? generated/new.ts');
  });
});
