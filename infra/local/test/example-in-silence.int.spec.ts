import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import { eventually } from '@cleanroom/testing';
import { workspaceRoot } from '../src/config.js';

const PROGRAM = join(workspaceRoot, 'infra/api/examples/src/main.ts');
/** A fleet of none, and no job. */
const data = {
  runners: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null }, changeCursor: 'begin' },
  jobs: { nodes: [] },
};

describe('the example for partners, on a connection that was lost without a word', () => {
  let server: Server;
  let sockets: WebSocketServer;
  let partner: ChildProcess;
  const subscribed: { after: string }[] = [];

  beforeAll(async () => {
    server = createServer((_, response) => response.end(JSON.stringify({ data })));
    sockets = new WebSocketServer({ server });
    sockets.on('connection', (socket) =>
      socket.on('message', (text: Buffer) => {
        const message = JSON.parse(text.toString()) as {
          type: string;
          payload?: { variables: { after: string } };
        };
        if (message.type === 'connection_init') socket.send(JSON.stringify({ type: 'connection_ack' }));
        // Everything else, pings included, gets lost.
        if (message.type === 'subscribe' && message.payload) subscribed.push(message.payload.variables);
      }),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
    partner = spawn(process.execPath, [PROGRAM], { env: { CLEANROOM_URL: url, CLEANROOM_TOKEN: 'any' } });
  });
  afterAll(async () => {
    partner.kill('SIGKILL');
    sockets.clients.forEach((socket) => socket.terminate());
    sockets.close();
    await new Promise((resolve) => server.close(resolve));
  });

  it('goes on over another one, where it was', async () => {
    await eventually(() => expect(subscribed).toEqual([{ after: 'begin' }, { after: 'begin' }]));
  });
});
