import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { guardedFetch, startTracing, withSpan, currentTraceParent } from '@cleanroom/service-kit';

describe('a guarded fetch', () => {
  let server: Server;
  let port: number;
  let connections = 0;
  const seen: { url: string | undefined; host: string | undefined; traceparent: unknown }[] = [];

  beforeAll(async () => {
    server = createServer(({ url, headers }, response) => {
      seen.push({ url, host: headers.host, traceparent: headers.traceparent });
      if (url === '/redirect') return void response.writeHead(302, { location: '/secret' }).end();
      if (url === '/large') return void response.end(Buffer.alloc(2_000));
      if (url === '/packed')
        return void response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(100_000)));
      if (url === '/never') return;
      if (url === '/nothing') return void response.writeHead(204).end();
      response.setHeader('x-answer', 'yes').end('{"ok":true}');
    });
    server.on('connection', () => (connections += 1));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  beforeEach(() => {
    connections = 0;
    seen.length = 0;
  });

  const fetchFrom = (more: object = {}) =>
    guardedFetch({
      allowedPrivateHosts: [`simulator.example:${port}`],
      lookup: () => Promise.resolve([{ address: '127.0.0.1' }]),
      ...more,
    });
  const url = (path = '/') => `http://simulator.example:${port}${path}`;

  it('speaks to the allowed address under the name that was asked', async () => {
    const response = await fetchFrom()(url(), { method: 'POST', body: '{}' });
    expect(await response.json()).toEqual({ ok: true });
    expect(response.headers.get('x-answer')).toBe('yes');
    expect(seen[0]).toMatchObject({ host: `simulator.example:${port}` });
    expect((await fetchFrom()(url('/nothing'))).status).toBe(204);
  });

  it('opens no connection to an address that is not allowed', async () => {
    const fetch = guardedFetch({ allowedPrivateHosts: [] });
    for (const address of [
      `https://127.0.0.1:${port}`,
      `https://localhost:${port}`,
      `https://2130706433:${port}`,
    ])
      await expect(fetch(address)).rejects.toMatchObject({ name: 'AddressNotAllowed' });
    expect(connections).toBe(0);
  });

  it('asks a hostile resolver once, and goes where its first answer led', async () => {
    let asked = 0;
    const lookup = () => Promise.resolve([{ address: ++asked === 1 ? '127.0.0.1' : '127.66.6.6' }]);
    await fetchFrom({ lookup })(url());
    expect(asked).toBe(1);
    expect(seen).toHaveLength(1);
  });

  it('goes to no private address among the answers of a resolver, whichever place it has', async () => {
    const lookup = () => Promise.resolve([{ address: '93.184.215.14' }, { address: '127.0.0.1' }]);
    const fetch = guardedFetch({ allowedPrivateHosts: [], lookup });
    await expect(fetch(`https://rebinding.example:${port}`)).rejects.toMatchObject({
      name: 'AddressNotAllowed',
    });
    expect(connections).toBe(0);
  });

  it('does not follow redirects', async () => {
    const response = await fetchFrom()(url('/redirect'));
    expect(response.status).toBe(302);
    expect(seen.map(({ url: path }) => path)).toEqual(['/redirect']);
  });

  it.each(['/large', '/packed'])(
    'takes no more than it was told to, also of a packed answer: %s',
    async (path) => {
      await expect(fetchFrom({ maxBytes: 1_000 })(url(path))).rejects.toMatchObject({
        name: 'AnswerTooLarge',
      });
    },
  );

  it('waits no longer than it was told to, for answers and for names', async () => {
    await expect(fetchFrom({ timeoutMs: 100 })(url('/never'))).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    const lookup = () => new Promise<never>(() => undefined);
    await expect(fetchFrom({ timeoutMs: 100, lookup })(url())).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });

  it('carries the trace', async () => {
    const stopTracing = await startTracing('spec', undefined);
    await withSpan('work', {}, async () => {
      await fetchFrom()(url());
      expect(String(seen[0]?.traceparent).split('-')[1]).toBe(currentTraceParent()?.split('-')[1]);
    });
    await stopTracing();
  });
});
