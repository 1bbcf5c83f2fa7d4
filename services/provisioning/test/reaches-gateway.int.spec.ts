import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { reachesGateway } from '../src/adapters/machine/reaches-gateway.js';
import { ready, startGateway, type StandInGateway } from './start-gateway.js';

const LONG_MS = 30_000;

describe('the gateway', () => {
  const saying =
    (status: number, body: string): RequestListener =>
    (_, response) =>
      void response.writeHead(status, { location: '/' }).end(body);
  const services = (identity: boolean, provisioning: boolean) =>
    JSON.stringify({ status: 'ready', services: { identity, provisioning } });
  /** Answers without an end. */
  const floods: RequestListener = (_, response) => {
    const more = (): void => {
      while (response.write('x'.repeat(65_536)));
    };
    response.on('drain', more);
    more();
  };
  const changesTheProtocol: RequestListener = ({ socket }) =>
    void socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n');

  let gateway: StandInGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.stop());
  const looks = (withinMs = LONG_MS) => reachesGateway({ url: gateway.url, pin: undefined }, withinMs);

  it('is reached where it is ready, and all that machines need is behind it', async () => {
    expect(await looks()).toBe(true);
  });

  it.each<[what: string, RequestListener]>([
    ['one that is not ready', saying(503, services(true, true))],
    ['one that cannot tell who calls', saying(200, services(false, true))],
    ['one that does not reach us', saying(200, services(true, false))],
    ['a page that says 200 to everything', saying(200, '<h1>Back soon</h1>')],
    ['somebody who knows another place', saying(302, services(true, true))],
    ['somebody who hangs up', (request) => void request.destroy()],
    ['somebody who speaks on and on', floods],
    ['somebody who changes the protocol', changesTheProtocol],
  ])('is not where there is %s', async (_, answer) => {
    gateway.answer = answer;
    expect(await looks()).toBe(false);
  });

  it.each<[what: string, RequestListener]>([
    ['answers', () => undefined],
    ['ends its answer', (_, response) => void response.write('{')],
  ])('is not where nobody %s in time', async (_, answer) => {
    gateway.answer = answer;
    expect(await looks(200)).toBe(false);
  });

  it('is not where nobody listens', async () => {
    const other = await startGateway();
    other.stop();
    expect(await reachesGateway({ url: other.url, pin: undefined }, LONG_MS)).toBe(false);
  });
});

describe('over TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cleanroom-origin-'));
  const trusted = getCACertificates();
  const openssl = (args: string, input?: Buffer) =>
    execFileSync('openssl', args.split(' '), { cwd: folder, input, stdio: ['pipe', 'pipe', 'ignore'] });
  let server: Server;
  let url: string;
  let pin: string;

  beforeAll(async () => {
    openssl(
      'req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=origin -addext subjectAltName=IP:127.0.0.1',
    );
    const [key, cert] = ['key.pem', 'cert.pem'].map((file) => readFileSync(join(folder, file), 'utf8'));
    const publicKey = openssl('pkey -in key.pem -pubout -outform DER');
    pin = `sha256//${openssl('dgst -sha256 -binary', publicKey).toString('base64')}`;
    server = createServer({ key, cert }, ready);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    setDefaultCACertificates([...trusted, cert ?? '']);
  });
  afterAll(() => {
    setDefaultCACertificates(trusted);
    server.close();
    rmSync(folder, { recursive: true });
  });

  const other = `sha256//${Buffer.alloc(32).toString('base64')}`;

  it('the key is believed that an authority vouches for, and with a pin only that one', async () => {
    expect(await reachesGateway({ url, pin: undefined }, LONG_MS)).toBe(true);
    expect(await reachesGateway({ url, pin }, LONG_MS)).toBe(true);
    expect(await reachesGateway({ url, pin: `${other};${pin}` }, LONG_MS)).toBe(true);
    expect(await reachesGateway({ url, pin: other }, LONG_MS)).toBe(false);
  });

  it('a key is not believed that no authority vouches for, pinned or not', async () => {
    setDefaultCACertificates(trusted);
    expect(await reachesGateway({ url, pin }, LONG_MS)).toBe(false);
  });
});
