import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SmallInstallation } from './small-installation.js';

const INDEX = '<!doctype html><title>Cleanroom</title>';
const SCRIPT = 'console.log("Cleanroom");'.repeat(100);

let folder: string;
let installation: SmallInstallation;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cleanroom-console-'));
  await mkdir(join(folder, 'dist/assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'dist/index.html'), INDEX);
  await writeFile(join(folder, 'dist/assets/index-a1.js'), SCRIPT);
  installation = await SmallInstallation.start({
    CLEANROOM_CONSOLE: join(folder, 'dist'),
    CLEANROOM_CLOCK: '1:2:10',
  });
});
afterAll(async () => {
  await installation.stop();
  await rm(folder, { recursive: true });
});

const at = (path: string, init?: RequestInit) => fetch(`${installation.gateway.url}${path}`, init);

it('is at /console, and its index at the address of each of its pages', async () => {
  for (const path of ['/console', '/console/', '/console/fleet?state=BUSY', '/console/runners/run_1']) {
    const response = await at(path);
    expect([response.status, await response.text()]).toEqual([200, INDEX]);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache');
  }
});

it('lets nothing in from elsewhere and is in nobody’s frame, whatever it answers', async () => {
  for (const path of [
    '/console',
    '/console/assets/index-a1.js',
    '/console/config.json',
    '/console/none.js',
  ]) {
    const { headers } = await at(path);
    const policy = headers.get('content-security-policy') ?? '';
    for (const rule of ["default-src 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"])
      expect(policy.split('; ')).toContain(rule);
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  }
});

it('keeps assets for good, packed where the browser takes that', async () => {
  const response = await at('/console/assets/index-a1.js', { headers: { 'accept-encoding': 'gzip' } });
  expect(await response.text()).toBe(SCRIPT);
  expect(response.headers.get('content-encoding')).toBe('gzip');
  expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  const plain = await at('/console/assets/index-a1.js', { headers: { 'accept-encoding': 'identity' } });
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(await plain.text()).toBe(SCRIPT);
});

it('is sent again only where it has changed', async () => {
  const tag = (await at('/console')).headers.get('etag') ?? '';
  expect((await at('/console', { headers: { 'if-none-match': tag } })).status).toBe(304);
  expect((await at('/console', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
});

it('says what time it is', async () => {
  const response = await at('/console/config.json');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.json()).toEqual({ clock: '1:2:10', now: expect.any(Number) });
});

it.each([
  '/console/none.js',
  '/console/assets/none',
  '/console/%2e%2e/secret.txt',
  '/console/..%2fsecret.txt',
])('has nothing at %s', async (path) => {
  expect((await at(path)).status).toBe(404);
});

it('is only read', async () => {
  for (const method of ['POST', 'PUT', 'DELETE']) expect((await at('/console', { method })).status).toBe(405);
  const head = await at('/console', { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length')]).toEqual([200, String(INDEX.length)]);
});

it('is not there where it was not built', async () => {
  const bare = await SmallInstallation.start({ CLEANROOM_CONSOLE: join(folder, 'none') });
  expect((await fetch(`${bare.gateway.url}/console`)).status).toBe(404);
  await bare.stop();
});
