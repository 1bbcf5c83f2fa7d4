import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { silentLog } from '@cleanroom/kernel';
import { eventually } from '@cleanroom/testing';
import { WebSocket } from 'ws';
import type { TokenCallers } from '../src/actions/token-callers.js';
import { TokenWatch } from '../src/actions/token-watch.js';
import type { Operations, Outcome } from '../src/adapters/graphql/run-operation.js';
import { GraphQLEndpoint } from '../src/adapters/http/graphql-endpoint.js';
import { GraphQLSockets } from '../src/adapters/websocket/graphql-sockets.js';
import type { KnownUser } from '../src/ports.js';

const user: KnownUser = {
  caller: { kind: 'user', organizationId: 'org_a', role: 'VIEWER', name: 'spec', tokenId: 'tok_1' },
};

describe('a client that leaves before its stream begins', () => {
  let server: Server;
  let url: string;
  let watched: number;
  let left: number;
  let isAsked: boolean;
  let answer: () => void;
  let answered: Promise<void>;
  const sockets: GraphQLSockets[] = [];

  beforeEach(async () => {
    watched = left = 0;
    isAsked = false;
    answered = new Promise((resolve) => (answer = resolve));
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    for (const one of sockets.splice(0)) one.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const watch = () => {
    const repeat = () => {
      watched++;
      return () => void watched--;
    };
    const callers = { refresh: async () => user };
    return new TokenWatch({ callers, hash: ({ secret }) => secret, repeat, log: silentLog });
  };
  const callersWho = (userOf: () => Promise<KnownUser>) => ({ userOf }) as unknown as TokenCallers;
  const credentialOf = () => ({ kind: 'token', secret: 't' }) as const;
  const whenAnswered = async () => {
    isAsked = true;
    await answered;
  };
  /** Brings nothing until it is left. */
  const stream = (): Outcome => {
    let end: (result: IteratorResult<object>) => void = () => undefined;
    const over = { done: true, value: undefined } as const;
    const events = {
      next: () => new Promise<IteratorResult<object>>((resolve) => (end = resolve)),
      return: async () => (left++, end(over), over),
      [Symbol.asyncIterator]: () => events,
    };
    return { kind: 'stream', events } as unknown as Outcome;
  };

  it('leaves nothing behind, over HTTP', async () => {
    const operations = { run: () => whenAnswered().then(stream) } as unknown as Operations;
    const callers = callersWho(async () => user);
    const endpoint = new GraphQLEndpoint({ operations, callers, credentialOf, watch: watch() });
    const closed = new Promise((resolve) => {
      server.on('request', (request, response) => {
        response.once('close', resolve);
        void endpoint.answer(request, response, '127.0.0.1');
      });
    });
    const leaving = new AbortController();
    const headers = {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: 'Bearer t',
    };
    const init = { method: 'POST', headers, body: '{"query":"subscription { a }"}', signal: leaving.signal };
    const asked = fetch(`http://${url}/graphql`, init).catch(() => undefined);
    await eventually(() => isAsked);
    leaving.abort();
    await asked;
    await closed;
    answer();
    await eventually(() => left === 1);
    expect(watched).toBe(0);
  });

  it('leaves nothing behind, over a WebSocket', async () => {
    let isOver = false;
    const callers = callersWho(() =>
      whenAnswered().then(() => {
        setImmediate(() => (isOver = true));
        return user;
      }),
    );
    const options = {
      callers,
      credentialOf,
      watch: watch(),
      sourceOf: () => '127.0.0.1',
      allowedOrigins: [],
      log: silentLog,
    };
    const opened = new GraphQLSockets({ ...options, operations: {} as unknown as Operations });
    sockets.push(opened);
    const closed = new Promise((resolve) => {
      server.on('upgrade', (request, connection, head) => {
        connection.once('close', resolve);
        opened.upgrade(request, connection, head);
      });
    });
    const client = new WebSocket(`ws://${url}/graphql`, 'graphql-transport-ws');
    await once(client, 'open');
    client.send(JSON.stringify({ type: 'connection_init', payload: { authorization: 'Bearer t' } }));
    await eventually(() => isAsked);
    client.terminate();
    await closed;
    answer();
    await eventually(() => isOver);
    expect(watched).toBe(0);
  });
});
