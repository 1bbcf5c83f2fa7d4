import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../dist/organization.mjs', import.meta.url));

/** `npm run organization`, once it is built; what it makes is tried where there is a whole installation. */
describe('the command that makes an organisation', () => {
  const run = (...args: string[]) =>
    new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) =>
      execFile(process.execPath, [program, ...args], { env: {} }, (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, stdout, stderr }),
      ),
    );

  it.each<[string[], string]>([
    [[], 'The command is missing.'],
    [['destroy', 'Acme'], 'There is no command "destroy".'],
    [['create'], 'The name is missing.'],
    [['create', '  '], 'The name is missing.'],
    [['create', 'x'.repeat(101)], 'A name has 1 to 100 characters'],
    [['create', 'two\nlines'], 'in one line'],
    [['create', 'Your', 'team'], 'One name is taken, not also "team"'],
    [['create', 'Acme', '--time-zone', 'Mars/Base'], '--time-zone knows no "Mars/Base"'],
    [['create', 'Acme', '--token', 'KING:me'], '--token takes ROLE:name'],
    [['create', 'Acme', '--colour', 'red'], "Unknown option '--colour'"],
  ])('refuses %j, says why and how it is used', async (args, why) => {
    const { code, stdout, stderr } = await run(...args);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(why);
    expect(stderr).toContain('npm run organization -- create');
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('explains itself', async () => {
    const { code, stdout } = await run('--help');
    expect([code, stdout]).toEqual([0, expect.stringContaining('npm run organization -- create')]);
  });
});
