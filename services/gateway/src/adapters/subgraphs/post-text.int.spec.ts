import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, errors } from 'undici';
import { eventually } from '@cleanroom/testing';
import { postText, type PostedText } from './post-text.js';

describe('posting a text', () => {
  let server: Server;
  let dispatcher: Agent;
  let answer: (response: ServerResponse, body: string) => void;
  let asked: ServerResponse[];
  const never = new AbortController().signal;

  beforeEach(async () => {
    asked = [];
    server = createServer((request, response) => {
      asked.push(response);
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => answer(response, body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    dispatcher = new Agent({ connections: 1 });
  });
  afterEach(async () => {
    await dispatcher.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const post = (change: Partial<PostedText> = {}) => {
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
    const limits = { signal: never, timeoutMs: 60_000, mostBytes: 100 };
    return postText(dispatcher, { url, headers: { 'x-a': 'b' }, body: 'grüß', ...limits, ...change });
  };

  it('brings the status and the whole answer, in whatever parts it comes', async () => {
    answer = (response, body) => {
      const [first, second] = [Buffer.from(body).subarray(0, 3), Buffer.from(body).subarray(3)];
      response.writeHead(201).write(first);
      setImmediate(() => response.end(second));
    };
    expect(await post()).toEqual({ status: 201, text: 'grüß' });
  });

  it('is over in time where no answer comes, and the connection with it', async () => {
    answer = () => undefined;
    await expect(post({ timeoutMs: 1_000 })).rejects.toMatchObject({ name: 'TimeoutError' });
    await eventually(() => asked[0]?.destroyed === true);
  });

  it('ends with the reason of its signal, before and while it is under way', async () => {
    const reason = new Error('enough');
    await expect(post({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(asked).toHaveLength(0);
    const left = new AbortController();
    answer = () => left.abort(reason);
    await expect(post({ signal: left.signal })).rejects.toBe(reason);
  });

  it('does not begin what was ended while it waited for a connection', async () => {
    const bodies: string[] = [];
    let finish: () => void = () => undefined;
    answer = (response, body) => {
      bodies.push(body);
      if (body === 'first') finish = () => response.end();
      else response.end();
    };
    const first = post({ body: 'first' });
    await eventually(() => bodies.length === 1);
    await expect(post({ body: 'second', timeoutMs: 50 })).rejects.toMatchObject({ name: 'TimeoutError' });
    finish();
    await first;
    await post({ body: 'third' });
    expect(bodies).toEqual(['first', 'third']);
  });

  it('gives up an answer that is too large', async () => {
    answer = (response) => response.end('x'.repeat(101));
    await expect(post()).rejects.toThrow('too large');
    answer = (response) => response.end('x'.repeat(100));
    expect((await post()).text).toHaveLength(100);
  });

  it('tells a broken connection by its class', async () => {
    answer = (response) => response.destroy();
    await expect(post()).rejects.toBeInstanceOf(errors.SocketError);
  });
});
