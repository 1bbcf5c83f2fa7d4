import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createHetznerClient } from '@cleanroom/hetzner';
import { eventually, freePort, superviseProcess } from '@cleanroom/testing';
import { prepareOrder, TOKEN } from './simulated-hetzner.js';

const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** The simulator as it is built, started again when it is killed. */
it('a simulator that is killed has its servers again, finishes what was under way, and gives no id twice', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hetzner-killed-'));
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const env = {
    CLEANROOM_PORT: port,
    CLEANROOM_SIMULATOR_STATE: folder,
    CLEANROOM_SIMULATOR_TOKENS: JSON.stringify({ [TOKEN]: 'demo' }),
    CLEANROOM_SIMULATOR_LIMITS: JSON.stringify({ firewalls: 10_000 }),
    CLEANROOM_CLOCK: `${Date.now()}:${Date.now()}:4`,
  };
  const simulator = superviseProcess({ command: process.execPath, args: [program], env });
  const client = createHetznerClient({ endpoint: `${url}/v1`, token: TOKEN, timeoutMs: 30_000 });
  const listens = (): Promise<unknown> => eventually(() => fetch(`${url}/_sim/state`));
  const isWritten = (file: string, id: number): Promise<unknown> =>
    eventually(() => readFileSync(join(folder, file), 'utf8').includes(`"id":${id},`), { within: 5_000 });
  const makeFirewalls = async (): Promise<void> => {
    for (let number = 0; number < 1_000; number += 1)
      await client.createFirewall({ name: `wall-${number}`, labels: {}, rules: [] });
  };
  try {
    await listens();
    const order = await prepareOrder(client);
    const { server } = await client.createServer(order);
    expect(server.status).toBe('initializing');
    await isWritten('state.json', server.id);
    // In the middle of this it is killed.
    const more = makeFirewalls().then(
      () => 'done',
      () => 'cut off',
    );
    simulator.signal('SIGKILL');
    await eventually(() => simulator.exits.length === 1);
    await listens();
    await more;
    const found = await eventually(async () => {
      const seen = await client.findServerByName(order.name);
      return seen?.status === 'running' && seen;
    });
    expect(found).toMatchObject({ id: server.id, labels: order.labels });
    expect((await client.getPrimaryIp(order.primaryIpv4Id)).assigneeId).toBe(server.id);
    const ledger = (await (await fetch(`${url}/_sim/ledger`)).json()) as { resources: { id: number }[] };
    const ids = ledger.resources.map(({ id }) => id);
    expect(ids).toContain(server.id);
    expect(new Set(ids).size).toBe(ids.length);
  } finally {
    await simulator.stop();
    rmSync(folder, { recursive: true });
  }
});
