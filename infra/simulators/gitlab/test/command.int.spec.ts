import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { eventually, freePortBlock } from '@cleanroom/testing';

const script = fileURLToPath(new URL('../bin/simulator.mjs', import.meta.url));

/** `npm run simulator:gitlab`, once it is built. */
it('the command says where it listens, and the token that it prints is good there', async () => {
  const base = await freePortBlock();
  const env = { ...process.env, NODE_OPTIONS: '', CLEANROOM_PORT_BASE: String(base) };
  const child = spawn(process.execPath, [script], { env });
  const ended = once(child, 'close');
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (output += text.toString()));
  try {
    await eventually(() => output.includes(`export GITLAB_URL=http://127.0.0.1:${base + 11}\n`));
    const token = /export GITLAB_TOKEN=(\S+)\n/.exec(output)?.[1] ?? 'none';
    const answer = await fetch(`http://127.0.0.1:${base + 11}/api/v4/projects`, {
      headers: { 'private-token': token },
    });
    expect([answer.status, ((await answer.json()) as unknown[]).length]).toEqual([200, 3]);
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
});
