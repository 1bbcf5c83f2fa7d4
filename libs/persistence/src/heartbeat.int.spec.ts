import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { eventually, serviceDatabase, type ServiceDatabase } from '@cleanroom/testing';
import { heartbeat } from './heartbeat.js';

let db: ServiceDatabase;
let line: StallingLine;

beforeAll(async () => {
  db = await serviceDatabase({ name: 'beating', migrations: [], poolSize: 1 });
});
afterAll(() => db.close());
beforeEach(async () => {
  line = await StallingLine.to(db.appUrl);
});
afterEach(() => line.close());

it('is felt while every connection of the service is busy', async () => {
  const busy = db.app.createQueryRunner();
  const other = db.worker.createQueryRunner();
  try {
    await Promise.all([busy.query('BEGIN'), other.query('BEGIN')]);
    await db.ping();
  } finally {
    await Promise.all([busy.release(), other.release()]);
  }
});

it('is missed within seconds on a line that nothing comes back on, and felt again over a new one', async () => {
  const heart = heartbeat(line.url, 'beating');
  try {
    await heart.beat();
    line.stalls = true;
    const began = performance.now();
    await expect(heart.beat()).rejects.toThrow();
    await expect(heart.beat()).rejects.toThrow();
    // Two, and what a busy computer needs besides.
    expect(performance.now() - began).toBeLessThan(20_000);
    line.stalls = false;
    await eventually(() => heart.beat());
  } finally {
    await heart.close();
  }
});

/** A line to a database on which everything can be swallowed, as when its machine is gone and nobody says so. */
class StallingLine {
  stalls = false;
  readonly #ends = new Set<Socket>();

  private constructor(
    readonly url: string,
    private readonly server: Server,
    private readonly port: number,
  ) {}

  static async to(url: string): Promise<StallingLine> {
    const address = new URL(url);
    const port = Number(address.port);
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    address.port = String((server.address() as AddressInfo).port);
    const line = new StallingLine(address.toString(), server, port);
    server.on('connection', (near) => line.#accept(near));
    return line;
  }

  #accept(near: Socket): void {
    const far = connect(this.port, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#ends.add(from);
      from.on('error', () => undefined);
      from.on('data', (bytes) => this.stalls || to.write(bytes));
      from.on('close', () => to.destroy());
    }
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const end of this.#ends) end.destroy();
    await closed;
  }
}
