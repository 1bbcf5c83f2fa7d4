import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const followParent = fileURLToPath(new URL('../../src/follow-parent.ts', import.meta.url));
const STUBBORN = `process.on('SIGTERM', () => undefined); setInterval(() => 0, 1_000); process.send('ready');`;
const DOCILE = `setInterval(() => 0, 1_000); process.send('ready');`;

/** How a child ends once its launcher lets go of it. */
async function endOf(program: string): Promise<NodeJS.Signals | null> {
  const args = ['--no-warnings', '--import', followParent, '-e', program];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ended = new Promise<NodeJS.Signals | null>((resolve) =>
    child.on('exit', (_, signal) => resolve(signal)),
  );
  await new Promise((resolve) => child.once('message', resolve));
  child.disconnect();
  return ended;
}

describe('a child whose launcher is gone', () => {
  it('is asked to end', async () => {
    expect(await endOf(DOCILE)).toBe('SIGTERM');
  });

  it('is ended where it hangs on its way out', async () => {
    expect(await endOf(STUBBORN)).toBe('SIGKILL');
  });
});
