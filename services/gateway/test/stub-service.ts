import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, parse, subscribe, validate, type GraphQLError, type GraphQLSchema } from 'graphql';
import { makeServer } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import { socketCheck, verifyCall, type SignedCaller, type SocketContext } from '@cleanroom/service-kit/edge';

/** A call as it arrived, after its signature was found good. */
export interface ArrivedCall {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  readonly caller: SignedCaller;
}

export interface StubOptions {
  readonly gatewayKey: string;
  readonly sdl: string;
  readonly resolvers: Record<string, unknown>;
  /** Answers calls to other paths than `/graphql`. */
  readonly answer?: (call: ArrivedCall, response: ServerResponse) => void;
  readonly port?: number;
}

export interface Context {
  readonly caller: SignedCaller;
}

/** A service small enough to be read at a glance; like the real ones it takes signed calls only. */
export class StubService {
  readonly calls: ArrivedCall[] = [];
  /** Sockets that are open now. */
  readonly sockets = new Set<unknown>();
  refused = 0;
  /** As if it were stopped in the middle of its work: it takes calls and answers none. */
  hangs = false;
  /** Paths of the calls that it took while it hung. */
  readonly swallowed: string[] = [];
  /** As if its bus were away: it serves, and is not ready. */
  isReady = true;
  /** As if its database gave no answer: it lives, but has nothing to say to a query. */
  databaseHangs = false;
  /** As if its queries waited for a lock: it answers probes, and no query. */
  isLocked = false;
  /** An old version, which has no /health/serving. */
  isOld = false;
  readonly #seen = new Set<string>();
  readonly #used = { use: (nonce: string) => !this.#seen.has(nonce) && this.#seen.add(nonce).has(nonce) };
  readonly #schema: GraphQLSchema;
  readonly #server = createServer((request, response) => void this.#receive(request, response));
  readonly #connections = new Set<Socket>();

  private constructor(private readonly options: StubOptions) {
    this.#schema = buildSubgraphSchema({
      typeDefs: parse(options.sdl),
      resolvers: options.resolvers as never,
    });
    this.#acceptSockets();
    this.#server.on('connection', (socket) => {
      this.#connections.add(socket);
      socket.once('close', () => this.#connections.delete(socket));
    });
  }

  static async start(options: StubOptions): Promise<StubService> {
    const stub = new StubService(options);
    await new Promise<void>((resolve) => stub.#server.listen(options.port ?? 0, '127.0.0.1', resolve));
    return stub;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/graphql`;
  }

  /** As if it were killed. */
  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const connection of this.#connections) connection.destroy();
    await closed;
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray());
    const { method = '', url: path = '', headers } = request;
    if (this.hangs) return void this.swallowed.push(path);
    if (path === '/health/serving' && this.isOld) return void response.writeHead(404).end('{}');
    if (path.startsWith('/health/')) return void response.writeHead(this.#statusOf(path)).end('{}');
    if (this.databaseHangs || this.isLocked) return void this.swallowed.push(path);
    const caller = await verifyCall(this.options.gatewayKey, headers, { method, path, body }, this.#used);
    if (!caller) {
      this.refused += 1;
      return void response.writeHead(401).end('{"error":"unauthorized"}');
    }
    const call = { method, path, headers, body, caller };
    this.calls.push(call);
    if (path === '/graphql') return this.#execute(call, response);
    if (this.options.answer) return this.options.answer(call, response);
    response.writeHead(404).end('{}');
  }

  #statusOf(probe: string): number {
    if (probe === '/health/live') return 200;
    if (this.databaseHangs) return 503;
    return probe === '/health/ready' && !this.isReady ? 503 : 200;
  }

  async #execute({ body, caller }: ArrivedCall, response: ServerResponse): Promise<void> {
    const { query, variables, operationName } = JSON.parse(body.toString());
    const document = parse(query);
    const errors = validate(this.#schema, document);
    const args = {
      schema: this.#schema,
      document,
      variableValues: variables,
      operationName,
      contextValue: { caller },
    };
    const result = errors.length > 0 ? { errors } : await execute(args);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(result));
  }

  #acceptSockets(): void {
    const check = socketCheck(this.options.gatewayKey, this.#used);
    const sockets = new WebSocketServer({ server: this.#server, path: '/graphql' });
    const server = makeServer<Record<string, unknown>, SocketContext['extra']>({
      schema: this.#schema,
      execute,
      subscribe,
      context: ({ extra }) => ({ caller: extra.caller }),
      onConnect: (context) => check(context as never),
      onError: (_context, _id, _payload, errors) => errors.map((error: GraphQLError) => error.toJSON()),
    });
    sockets.on('connection', (socket) => {
      this.sockets.add(socket);
      const closed = server.opened(
        {
          protocol: socket.protocol,
          send: (text) => socket.send(text),
          close: (code, reason) => socket.close(code, reason),
          onMessage: (handle) => socket.on('message', (data) => void handle(String(data))),
        },
        { socket },
      );
      socket.once('close', (code, reason) => {
        this.sockets.delete(socket);
        void closed(code, String(reason));
      });
    });
  }
}
