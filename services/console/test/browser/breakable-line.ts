import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** The line between a browser and the gateway, which can be cut. */
export class BreakableLine {
  readonly #ends = new Set<Socket>();
  #isCut = false;

  private constructor(private readonly server: Server) {}

  /** @param port of the gateway */
  static async open(port: number): Promise<BreakableLine> {
    const server = createServer();
    const line = new BreakableLine(server);
    server.on('connection', (near) => line.#join(near, port));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Breaks all connections, and lets none come about until {@link mend}. */
  cut(): void {
    this.#isCut = true;
    for (const end of this.#ends) end.destroy();
  }

  mend(): void {
    this.#isCut = false;
  }

  close(): void {
    this.cut();
    this.server.close();
  }

  #join(near: Socket, port: number): void {
    if (this.#isCut) return void near.destroy();
    const far = connect(port, '127.0.0.1');
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#ends.add(end);
      end.pipe(other);
      end.on('error', () => other.destroy());
      end.on('close', () => {
        this.#ends.delete(end);
        other.destroy();
      });
    }
  }
}
