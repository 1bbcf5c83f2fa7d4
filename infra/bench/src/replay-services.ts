import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readOrder } from './read-order.js';

/** For whom to answer, and where. */
export interface ReplayOrder {
  readonly services: readonly { readonly port: number; readonly origin: string }[];
}

const { services } = await readOrder<ReplayOrder>();

interface Recorded {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

/** What each service answered to each question, told from others by path and body. */
const recorded = new Map<string, Promise<Recorded>>();

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Asks the real service, as whoever asked here: its signature holds there too. */
async function record(url: string, { method, headers }: IncomingMessage, body: Buffer): Promise<Recorded> {
  const own = Object.entries(headers).filter(
    ([name]) => name.startsWith('x-cleanroom-') || ['content-type', 'accept', 'traceparent'].includes(name),
  );
  const answer = await fetch(url, {
    method: method ?? 'GET',
    headers: own as [string, string][],
    ...(method === 'POST' ? { body: new Uint8Array(body) } : {}),
  });
  const contentType = answer.headers.get('content-type') ?? 'application/json';
  return { status: answer.status, contentType, body: Buffer.from(await answer.arrayBuffer()) };
}

async function replay(origin: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await bodyOf(request);
  // The collector of traces: takes everything.
  if (request.url === '/v1/traces')
    return void response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  const key = `${origin} ${request.url} ${body.toString()}`;
  const known = recorded.get(key) ?? record(`${origin}${request.url}`, request, body);
  recorded.set(key, known);
  const {
    status,
    contentType,
    body: answer,
  } = await known.catch((error: unknown) => {
    recorded.delete(key);
    throw error;
  });
  // A moment's failure is not what the service answers.
  if (status !== 200) recorded.delete(key);
  response.writeHead(status, { 'content-type': contentType, 'content-length': answer.length });
  response.end(answer);
}

/** Answers as services did when they were first asked the same, from memory: faster than any gateway can ask. */
for (const { port, origin } of services) {
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    replay(origin, request, response).catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      response.writeHead(502).end();
    });
  });
  server.listen(port, '127.0.0.1');
}
