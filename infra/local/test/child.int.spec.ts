import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from '../src/child.js';

describe('a process that ends while it starts', () => {
  let folder: string;
  let server: Server;
  let asked = 0;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cleanroom-child-'));
    writeFileSync(join(folder, 'ends.mjs'), `process.exitCode = 3;`);
    server = createServer((_, response) => {
      asked += 1;
      response.writeHead(503).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  const start = (readyUrl: string) =>
    startChild({
      name: 'short',
      script: join(folder, 'ends.mjs'),
      nodeFlags: [],
      readyUrl,
      logFile: join(folder, 'short.log'),
      env: {},
    }).ready(60_000);

  it('is said to have ended, and is asked no more', async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expect(start(url)).rejects.toThrow('short ended with code 3');
    const before = asked;
    // Others take as long to end as this one would have been asked a few times more.
    for (let n = 0; n < 5; n++) await expect(start('http://127.0.0.1:1')).rejects.toThrow('ended');
    expect(asked - before).toBeLessThanOrEqual(1);
  });
});
