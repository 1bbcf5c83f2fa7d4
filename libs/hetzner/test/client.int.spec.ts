import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { action, ip, server } from './answers.js';
import { createHetznerClient, type HetznerClient, type HetznerClientOptions } from '../src/client.js';
import { HetznerError } from '../src/hetzner-error.js';
import type { ServerOrder } from '../src/hetzner-server.js';

const TOKEN = 'canary-token-that-nobody-may-see';
const order: ServerOrder = {
  name: 'cr-a-1',
  serverType: 'cx23',
  location: 'fsn1',
  image: 'debian-12',
  labels: { 'cleanroom-machine': 'mach_1' },
  userData: '#cloud-config',
  sshKeyIds: [7],
  firewallIds: [8],
  primaryIpv4Id: 9,
};
type Answer = (request: IncomingMessage, response: ServerResponse, nth: number) => void;

let http: Server;
let answer: Answer;
let seen: { method: string; url: string; body: string }[];

beforeEach(async () => {
  seen = [];
  http = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      seen.push({ method: request.method ?? '', url: request.url ?? '', body });
      answer(request, response, seen.length);
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  http.closeAllConnections();
  if (http.listening) await new Promise((resolve) => http.close(resolve));
});

const endpoint = (): string => `http://127.0.0.1:${(http.address() as AddressInfo).port}/v1`;
const client = (options: Partial<HetznerClientOptions> = {}): HetznerClient =>
  createHetznerClient({ endpoint: endpoint(), token: TOKEN, timeoutMs: 30_000, ...options });
const json = (response: ServerResponse, status: number, body: unknown, headers = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};
const refuse =
  (status: number, code: string, message = code, headers = {}): Answer =>
  (_request, response) =>
    json(response, status, { error: { code, message, details: null } }, headers);
const failureOf = async (call: Promise<unknown>): Promise<HetznerError> => {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(HetznerError);
  return error as HetznerError;
};

describe('an order', () => {
  it('carries everything in one request, and a root password in the answer is dropped unread', async () => {
    answer = (_request, response) =>
      json(response, 201, {
        server,
        action,
        next_actions: [{ ...action, id: 6 }],
        root_password: 'canary-password',
      });
    const ordered = await client().createServer(order);
    expect(seen).toHaveLength(1);
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({
      name: 'cr-a-1',
      server_type: 'cx23',
      location: 'fsn1',
      image: 'debian-12',
      labels: { 'cleanroom-machine': 'mach_1' },
      user_data: '#cloud-config',
      ssh_keys: [7],
      firewalls: [{ firewall: 8 }],
      start_after_create: true,
      public_net: { enable_ipv4: true, enable_ipv6: false, ipv4: 9, ipv6: null },
    });
    expect(ordered.server).toMatchObject({ id: 42, ipv4: { primaryIpId: 9, address: '127.64.0.1' } });
    expect(ordered.nextActions.map(({ id }) => id)).toEqual([6]);
    expect(JSON.stringify(ordered)).not.toContain('canary-password');
  });

  it.each<[string, Answer]>([
    ['the connection is reset', (request) => request.socket.resetAndDestroy()],
    ['the answer never comes', () => undefined],
    [
      'the answer is cut off',
      (_, response) => void response.writeHead(201, { 'content-length': 500 }).end('{"serv'),
    ],
    ['the answer is a page of HTML', (_, response) => void response.writeHead(201).end('<html>')],
    ['the answer lacks the server', (_, response) => json(response, 201, { action })],
    ['the answer is 500', refuse(500, 'server_error')],
    ['the answer is a bare 502', (_, response) => void response.writeHead(502).end('Bad Gateway')],
    ['the answer is 503', refuse(503, 'unavailable')],
    ['the answer is 504', refuse(504, 'timeout')],
  ])('has an unknown outcome where %s, and is not sent twice', async (_, given) => {
    answer = given;
    const error = await failureOf(client({ timeoutMs: 2_000 }).createServer(order));
    expect(error.kind).toBe('unknown-outcome');
    expect(seen).toHaveLength(1);
  });

  it('has certainly not been placed where nobody listens', async () => {
    const closed = client();
    await new Promise((resolve) => http.close(resolve));
    const error = await failureOf(closed.createServer(order));
    expect(error.kind).toBe('unavailable');
  });
});

describe('a refusal', () => {
  it.each([
    [401, 'unauthorized', '', 'unauthorized'],
    [401, 'token_readonly', '', 'readonly-token'],
    [403, 'forbidden', '', 'forbidden'],
    [403, 'resource_limit_exceeded', 'server limit exceeded', 'limit-exceeded'],
    [404, 'not_found', '', 'not-found'],
    [409, 'uniqueness_error', 'server name is already used', 'name-taken'],
    [409, 'conflict', '', 'conflict'],
    [412, 'resource_unavailable', 'error during placement', 'sold-out'],
    [422, 'placement_error', '', 'sold-out'],
    [422, 'invalid_input', 'unsupported location for server type', 'sold-out'],
    [422, 'invalid_input', "invalid input in field 'name'", 'invalid'],
    [422, 'must_be_unassigned', '', 'must-be-unassigned'],
    [423, 'locked', '', 'locked'],
    [423, 'protected', '', 'protected'],
    [418, 'something_new', '', 'invalid'],
  ])('%s %s %j is sorted as such', async (status, code, message, kind) => {
    answer = refuse(status, code, message, { 'x-correlation-id': 'abc123' });
    const error = await failureOf(client().createServer(order));
    expect(error).toMatchObject({ kind, code, httpStatus: status, correlationId: 'abc123' });
  });

  it('survives a server_error whose message is null', async () => {
    answer = (_, response) => json(response, 500, { error: { code: 'server_error', message: null } });
    expect((await failureOf(client().createServer(order))).code).toBe('server_error');
  });

  it('never holds the token', async () => {
    answer = refuse(401, 'unauthorized');
    const error = await failureOf(client().getServer(1));
    expect(`${error.stack}${JSON.stringify(error)}`).not.toContain(TOKEN);
  });
});

describe('a reading', () => {
  it('fetches every page of a list', async () => {
    answer = (request, response) => {
      const page = Number(new URL(request.url ?? '', 'http://x').searchParams.get('page'));
      const meta = { pagination: { page, per_page: 50, next_page: page < 3 ? page + 1 : null } };
      json(response, 200, { primary_ips: [ip(page)], meta });
    };
    const found = await client().listPrimaryIps('a=b');
    expect(found.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(seen[0]?.url).toBe('/v1/primary_ips?label_selector=a%3Db&page=1&per_page=50');
  });

  it('finds an image by its name, for each architecture, also where it is deprecated', async () => {
    const image = { id: 1, type: 'system', name: 'debian-12', deprecated: null };
    answer = (_request, response) =>
      json(response, 200, {
        images: [
          { ...image, architecture: 'x86' },
          { ...image, id: 2, architecture: 'arm' },
        ],
      });
    expect(await client().findImagesByName('debian-12')).toEqual([
      { id: 1, name: 'debian-12', architecture: 'x86' },
      { id: 2, name: 'debian-12', architecture: 'arm' },
    ]);
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /v1/images?name=debian-12&include_deprecated=true&page=1&per_page=50',
    ]);
  });

  it('asks for many actions at a time', async () => {
    answer = (request, response) => {
      const ids = new URL(request.url ?? '', 'http://x').searchParams.getAll('id');
      json(response, 200, { actions: ids.map((id) => ({ ...action, id: Number(id) })) });
    };
    expect(await client().getActions(Array.from({ length: 60 }, (_, i) => i + 1))).toHaveLength(60);
    expect(seen).toHaveLength(3);
  });

  it('is repeated twice after failures that may pass', async () => {
    answer = (request, response, nth) =>
      nth < 3 ? void response.writeHead(502).end() : json(response, 200, { primary_ip: ip(1) });
    expect((await client().getPrimaryIp(1)).id).toBe(1);
    expect(seen).toHaveLength(3);
  });

  it('gives up after that', async () => {
    answer = (_, response) => void response.writeHead(502).end();
    expect((await failureOf(client().getPrimaryIp(1))).kind).toBe('unavailable');
    expect(seen).toHaveLength(3);
  });

  it('does not follow a redirect, which would carry the token elsewhere', async () => {
    answer = (_, response) => void response.writeHead(302, { location: `${endpoint()}/elsewhere` }).end();
    await failureOf(client().getPrimaryIp(1));
    expect(seen.every(({ url }) => url === '/v1/primary_ips/1')).toBe(true);
  });
});

describe('a deletion', () => {
  it('is repeated, because the second finds what the first left', async () => {
    answer = (request, response, nth) =>
      nth === 1 ? request.socket.resetAndDestroy() : refuse(404, 'not_found')(request, response, nth);
    expect(await failureOf(client().deleteServer(42))).toMatchObject({
      kind: 'not-found',
      afterLostAnswer: true,
    });
    expect(seen.map(({ method }) => method)).toEqual(['DELETE', 'DELETE']);
  });
});

describe('a deletion of what is gone', () => {
  it('is told apart from one whose first answer was lost', async () => {
    answer = refuse(404, 'not_found');
    const error = await failureOf(client().deleteServer(42));
    expect(error).toMatchObject({ kind: 'not-found', afterLostAnswer: false });
  });
});

describe('the rate limit', () => {
  it('sends nothing after a 429 before the instant that Hetzner named', async () => {
    const sent = Math.floor(Date.now() / 1000);
    answer = refuse(429, 'rate_limit_exceeded', '', {
      'ratelimit-reset': String(sent + 60),
      date: new Date(sent * 1000).toUTCString(),
    });
    const limited = client();
    const first = await failureOf(limited.createServer(order));
    expect(first).toMatchObject({ kind: 'rate-limited', httpStatus: 429 });
    expect(first.retryAt?.getTime()).toBeGreaterThanOrEqual((sent + 60) * 1000);
    const second = await failureOf(limited.getServer(1));
    expect(second).toMatchObject({ kind: 'rate-limited', retryAt: first.retryAt });
    expect((await failureOf(limited.deleteServer(1))).kind).toBe('rate-limited');
    expect(seen).toHaveLength(1);
  });
});
