import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { eventually, freePortBlock } from '@cleanroom/testing';

const script = fileURLToPath(new URL('../bin/simulator.mjs', import.meta.url));

/** `npm run simulator:hetzner`, once it is built. */
describe('the command', () => {
  let child: ChildProcess | undefined;
  let output = '';
  let ended: Promise<number | null>;
  const run = (env: Record<string, string>): void => {
    output = '';
    const started = spawn(process.execPath, [script], { env: { ...process.env, NODE_OPTIONS: '', ...env } });
    for (const stream of [started.stdout, started.stderr])
      stream.on('data', (text: Buffer) => (output += text.toString()));
    ended = new Promise((resolve) => started.once('close', resolve));
    child = started;
  };
  afterEach(async () => {
    child?.kill('SIGTERM');
    await ended;
  });

  const answersAt = async (port: number): Promise<void> => {
    await eventually(() => output.includes(`export HCLOUD_ENDPOINT=http://127.0.0.1:${port}/v1\n`));
    const token = /export HCLOUD_TOKEN=(\S{64})\n/.exec(output)?.[1] ?? 'none';
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`http://127.0.0.1:${port}/v1/locations`, { headers })).status).toBe(200);
  };

  it('listens ten above the base of all ports, and says where once it does', async () => {
    const base = await freePortBlock();
    run({ CLEANROOM_PORT_BASE: String(base) });
    await answersAt(base + 10);
  });

  it('prefers a port of its own', async () => {
    const base = await freePortBlock();
    run({ CLEANROOM_PORT_BASE: String(base), CLEANROOM_PORT: String(base + 3) });
    await answersAt(base + 3);
  });

  it('names no address where it cannot listen', async () => {
    const base = await freePortBlock();
    const other = createServer().listen(base + 10, '127.0.0.1');
    run({ CLEANROOM_PORT_BASE: String(base) });
    expect(await ended).toBe(1);
    other.close();
    expect(output).toContain('cannot start');
    expect(output).not.toContain('export');
  });

  it('refuses a base that is no port', async () => {
    run({ CLEANROOM_PORT_BASE: 'abc' });
    expect(await ended).toBe(1);
    expect(output).toContain('CLEANROOM_PORT_BASE takes a port');
  });
});
