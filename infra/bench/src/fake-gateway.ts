import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  CONSOLE_HEADERS,
  consoleFile,
  isConsolePath,
  mediaTypeOf,
} from '@cleanroom/gateway/domain/console-file';
import { WebSocketServer } from 'ws';
import { changeFeed, type ChangeFeed } from './change-feed.js';
import type { FakeFleet } from './fake-fleet.js';

const PAGE = 100;

/** What the console needs of a gateway to show a fleet: its files, a session, lists and changes, all from memory. */
export class FakeGateway {
  readonly #files: ReadonlyMap<string, Buffer>;
  readonly #server: Server;

  private constructor(
    private readonly fleet: FakeFleet,
    readonly changes: ChangeFeed,
    folder: string,
  ) {
    this.#files = filesIn(folder);
    this.#server = createServer((request, response) => void this.#answer(request, response));
    const sockets = new WebSocketServer({ server: this.#server, path: '/graphql' });
    sockets.on('connection', (socket) => changes.join(socket));
  }

  /** @param folder where the console was built */
  static async start(fleet: FakeFleet, folder: string): Promise<FakeGateway> {
    const gateway = new FakeGateway(fleet, changeFeed(fleet), folder);
    await new Promise<void>((resolve) => gateway.#server.listen(0, '127.0.0.1', resolve));
    return gateway;
  }

  get url(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  }

  stop(): void {
    this.changes.stop();
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://console');
    if (pathname === '/auth/session') return send(response, SIGNED_IN);
    if (pathname === '/console/config.json') return send(response, { now: Date.now() });
    if (pathname === '/graphql') return send(response, this.#ask(await text(request)));
    const name = isConsolePath(pathname) ? consoleFile(pathname, this.#files) : undefined;
    const file = name === undefined ? undefined : this.#files.get(name);
    if (name === undefined || !file) return void response.writeHead(404).end();
    response.writeHead(200, { ...CONSOLE_HEADERS, 'content-type': mediaTypeOf(name) }).end(file);
  }

  #ask(body: string): object {
    const { query, variables } = JSON.parse(body) as { query: string; variables: { after?: string | null } };
    if (/query Pools\b/.test(query)) return { data: { runnerPools: listOf(this.fleet.pools()) } };
    if (/query Runners\b/.test(query)) return { data: { runners: this.#runners(variables.after) } };
    return { data: { jobs: listOf([]) } };
  }

  #runners(after: string | null | undefined): object {
    const from = Number(after ?? 0);
    const next = from + PAGE;
    const pageInfo = { hasNextPage: next < this.fleet.size, endCursor: String(next) };
    const nodes = this.fleet.page(from, PAGE);
    return { nodes, pageInfo, totalCount: this.fleet.size, changeCursor: this.changes.cursor() };
  }
}

const SIGNED_IN = { name: 'bench', role: 'OWNER', organization: 'Acme' };

const listOf = (nodes: readonly object[]): object => ({
  nodes,
  totalCount: nodes.length,
  pageInfo: { hasNextPage: false, endCursor: null },
});

const send = (response: ServerResponse, body: object): void =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));

const filesIn = (folder: string): ReadonlyMap<string, Buffer> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(folder, path), readFileSync(path)]),
  );
