import type { Page } from 'playwright-core';
import { auditPage, overflows } from './audit-page.js';
import { ConsoleWorld } from './console-world.js';
import { itLoadsAndFails } from './it-loads-and-fails.js';
import { onGraphql } from './on-graphql.js';
import { unavailable } from './unavailable.js';

const OPERATOR = `mutation { createApiToken(name: "Night shift", role: OPERATOR) { secret } }`;
const IPS = `{ staticIps { address } }`;
const TIDY = `mutation { revokeApiToken(id: "tok_1") { userErrors { code } } }`;

let world: ConsoleWorld;

beforeAll(async () => {
  world = await ConsoleWorld.start();
});
afterEach(() => world?.closePages());
afterAll(() => world?.stop());

type Options = Parameters<ConsoleWorld['openSignedIn']>[1];
const openTokens = (options: Options = {}) =>
  world.openSignedIn('/console/tokens', { heading: 'API tokens', ...options });
const openAudit = (options: Options = {}) =>
  world.openSignedIn('/console/audit', { heading: 'Audit log', ...options });
const openIps = (options: Options = {}) =>
  world.openSignedIn('/console/static-ips', { heading: 'Static IPs', ...options });
const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(`^${name}`) });

describe.each(['light', 'dark'] as const)('in the %s', (colorScheme) => {
  it.each([390, 1440, 2560])('tokens, log and addresses keep nobody out at %i pixels', async (width) => {
    const looks = { colorScheme, viewport: { width, height: 900 } };
    const tokens = await openTokens(looks);
    await row(tokens, 'demo-owner').waitFor();
    expect([await auditPage(tokens), await overflows(tokens)]).toEqual([[], false]);
    await tokens.getByRole('button', { name: 'New token' }).click();
    expect([await auditPage(tokens), await overflows(tokens)]).toEqual([[], false]);
    const log = await openAudit(looks);
    await log.getByRole('cell', { name: 'Create runner pool' }).first().waitFor();
    expect([await auditPage(log), await overflows(log)]).toEqual([[], false]);
    const ips = await openIps(looks);
    await ips.getByText(/^4 addresses/).waitFor();
    expect([await auditPage(ips), await overflows(ips)]).toEqual([[], false]);
  });
});

describe('API tokens', () => {
  itLoadsAndFails(() => world, {
    path: () => '/console/tokens',
    query: /query ApiTokens/,
    field: 'viewer',
    service: 'identity',
    shown: /^demo-owner$/,
  });

  it('are made once what was refused is put right, shown once, and revoked', async () => {
    const page = await openTokens();
    await page.getByRole('button', { name: 'New token' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Ends on').fill('2001-01-01');
    await page.getByRole('button', { name: 'Create the token' }).click();
    await dialog.getByText('A name has 1 to 100 characters, in one line.').waitFor();
    await dialog.getByText('A time to come.').waitFor();
    expect(await page.evaluate('document.activeElement.name')).toBe('name');
    expect(await auditPage(page)).toEqual([]);
    await dialog.getByLabel('Name').fill('Wall');
    await dialog.getByLabel('Ends on').fill('2099-12-31');
    await page.keyboard.press('Enter');
    await page.getByText('Copy it now. It is not shown again.').waitFor();
    const secret = await dialog.locator('code').innerText();
    expect(await auditPage(page)).toEqual([]);
    await world.openSignedIn('/console/', { token: secret });
    await page.keyboard.press('Escape');
    await row(page, 'Wall').getByText('Thu 31 Dec 2099').waitFor();
    expect(await page.content()).not.toContain(secret);
    expect(page.url()).not.toContain(secret);
    await page.getByRole('button', { name: 'Revoke Wall' }).click();
    await page.getByRole('button', { name: 'Revoke the token' }).click();
    await row(page, 'Wall').waitFor({ state: 'detached' });
  });

  it('keep the last of an owner', async () => {
    const page = await openTokens();
    await page.getByRole('button', { name: 'Revoke demo-owner' }).click();
    await page.getByRole('button', { name: 'Revoke the token' }).click();
    await page
      .getByRole('dialog')
      .getByText(/^The last token of an owner/)
      .waitFor();
  });

  it('are only looked at by who is no OWNER', async () => {
    const page = await openTokens({ token: world.installation.demo.viewerToken });
    await row(page, 'demo-owner').waitFor();
    expect(await page.getByRole('main').getByRole('button').count()).toBe(0);
  });

  it('say so where there is none that is not revoked', async () => {
    const page = await world.open('/console/tokens');
    await onGraphql(page, /query ApiTokens/, (route) =>
      route.fulfill({ json: { data: { viewer: { organization: { apiTokens: [] } } } } }),
    );
    await world.signIn(page, world.installation.demo.apiToken);
    await page.getByText(/^None that is not revoked/).waitFor();
    expect(await auditPage(page)).toEqual([]);
  });
});

describe('the audit log', () => {
  itLoadsAndFails(() => world, {
    path: () => '/console/audit',
    query: /query AuditLog/,
    field: 'viewer',
    service: 'identity',
    shown: /^Create runner pool$/,
  });

  it('leaves out what machines did until somebody asks for it', async () => {
    await world.queueJob(['linux']);
    const page = await openAudit();
    const [enrolled, machines] = [
      page.getByRole('cell', { name: 'Enrol machine' }).first(),
      page.getByRole('checkbox', { name: 'Machines’ entries, too' }),
    ];
    await machines.focus();
    await page.keyboard.press('Space');
    await page.waitForURL(/machines=shown/);
    await enrolled.waitFor({ timeout: 60_000 });
    expect(await page.evaluate('document.activeElement.type')).toBe('checkbox');
    expect(await auditPage(page)).toEqual([]);
    await page.reload();
    await enrolled.waitFor();
    await machines.uncheck();
    await enrolled.waitFor({ state: 'detached' });
    await page.getByRole('cell', { name: 'Create runner pool' }).waitFor();
  });

  it('says what was done and what was refused, page by page', async () => {
    for (let times = 0; times < 55; times++) await world.installation.ask(TIDY);
    const page = await openAudit();
    await page.getByText(/Of these 50, \d+ were refused\./).waitFor();
    await row(page, '.*Revoke API token').first().getByText('Refused: not found').waitFor();
    await page.getByRole('link', { name: 'Older' }).click();
    await page.getByRole('cell', { name: 'Create runner pool' }).waitFor();
    await page.reload();
    await row(page, '.*Create runner pool').getByRole('link', { name: 'linux' }).waitFor();
    await page.getByRole('link', { name: 'Newest' }).click();
    await page.getByText(/Of these 50, \d+ were refused\./).waitFor();
  });

  it('says so where nothing was done yet', async () => {
    const page = await world.open('/console/audit');
    const auditLog = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
    await onGraphql(page, /query AuditLog/, (route) =>
      route.fulfill({ json: { data: { viewer: { organization: { auditLog } } } } }),
    );
    await world.signIn(page, world.installation.demo.apiToken);
    await page.getByText('Nothing was done yet.').waitFor();
    expect(await auditPage(page)).toEqual([]);
  });

  it('is for owners alone', async () => {
    const { secret } = (await world.installation.ask<{ createApiToken: { secret: string } }>(OPERATOR))
      .createApiToken;
    for (const token of [secret, world.installation.demo.viewerToken]) {
      const page = await world.openSignedIn('/console/audit', {
        token,
        heading: 'There is no such page for your role',
      });
      expect(await page.getByRole('link', { name: 'Audit log' }).count()).toBe(0);
      expect(await auditPage(page)).toEqual([]);
    }
  });
});

describe('static IPs', () => {
  itLoadsAndFails(() => world, {
    path: () => '/console/static-ips',
    query: /query StaticIps/,
    field: 'staticIps',
    service: 'identity',
    shown: /^4 addresses/,
  });

  it('are copied as a list, of all pools or of one, as addresses or as blocks', async () => {
    const { staticIps } = await world.installation.ask<{ staticIps: { address: string }[] }>(IPS);
    const addresses = staticIps.map(({ address }) => address).toSorted();
    const page = await openIps();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy all 4' }).click();
    await page.getByText('Copied').waitFor();
    const copied = (await page.evaluate('navigator.clipboard.readText()')) as string;
    expect(copied.split('\n').toSorted()).toEqual(addresses);
    await page.getByLabel('Pool').selectOption('linux');
    await page.getByLabel('Written as').selectOption('blocks (/32)');
    await page.waitForURL(/pool=pool_.*&form=blocks/);
    await page.reload();
    const blocks = (await page.getByLabel('The list').inputValue()).split('\n');
    expect(blocks.toSorted()).toEqual(addresses.map((address) => `${address}/32`));
  });

  it('show the rest where the service of the pools does not answer', async () => {
    const page = await world.open('/console/static-ips');
    await onGraphql(page, /query PoolNames/, (route) =>
      route.fulfill({ json: { data: { runnerPools: null }, errors: [unavailable('runnerPools')] } }),
    );
    await world.signIn(page, world.installation.demo.apiToken);
    await page.getByText(/^The provisioning service does not answer at the moment\. What/).waitFor();
    await page.getByText(/^4 addresses/).waitFor();
  });

  it('say so where there is none', async () => {
    const page = await openIps({ token: world.installation.demo.otherOrgToken });
    await page.getByText(/^None yet\. A runner gets its address/).waitFor();
    expect(await auditPage(page)).toEqual([]);
  });

  it('break no rule meanwhile', () => {
    expect(world.offences).toEqual([]);
  });
});
