import type { Page } from 'playwright-core';
import { simulatorAdmin } from '../../../../infra/local/test/simulator-admin.js';
import { auditPage, overflows } from './audit-page.js';
import { ConsoleWorld } from './console-world.js';
import { itLoadsAndFails } from './it-loads-and-fails.js';
import { onGraphql } from './on-graphql.js';
import { unavailable } from './unavailable.js';

const OPERATOR = `mutation { createApiToken(name: "Night shift", role: OPERATOR) { secret } }`;
/** Of simulated projects; Hetzner's have as many letters and digits. */
const TOKENS = { right: 'a'.repeat(64), readOnly: 'b'.repeat(64), next: 'c'.repeat(64) };

let world: ConsoleWorld;

beforeAll(async () => {
  world = await ConsoleWorld.start();
  await simulatorAdmin(world.installation.demo.hetznerUrl.replace('/v1', '')).call('PUT', 'tokens', {
    [TOKENS.right]: 'globex',
    [TOKENS.readOnly]: 'readonly:globex',
    [TOKENS.next]: 'globex',
  });
});
afterEach(() => world?.closePages());
afterAll(() => world?.stop());

const globex = () => world.installation.demo.otherOrgToken;
const button = (page: Page, name: string) => page.getByRole('main').getByRole('button', { name });
const current = (page: Page) => page.locator('[aria-current="step"]');

describe('before anything is connected', () => {
  it('connections say how to begin', async () => {
    const page = await world.openSignedIn('/console/connections', {
      token: globex(),
      heading: 'Connections',
    });
    await page.getByRole('heading', { name: 'Nothing is connected yet' }).waitFor();
    expect(await auditPage(page)).toEqual([]);
    await page.getByRole('link', { name: 'Set up' }).click();
    await page.getByRole('heading', { name: 'Set up', level: 1 }).waitFor();
  });
});

describe.each(['light', 'dark'] as const)('in the %s', (colorScheme) => {
  it.each([390, 1440])('setting up and connections keep nobody out at %i pixels', async (width) => {
    const looks = { colorScheme, viewport: { width, height: 900 } };
    const steps = await world.openSignedIn('/console/set-up', {
      token: globex(),
      heading: 'Set up',
      ...looks,
    });
    await steps.getByLabel('API token').waitFor();
    expect([await auditPage(steps), await overflows(steps)]).toEqual([[], false]);
    const page = await openConnections(looks);
    await page.getByText('All 2 are connected.').waitFor();
    expect([await auditPage(page), await overflows(page)]).toEqual([[], false]);
    await button(page, 'Connect GitLab').click();
    await page.getByRole('dialog', { name: 'Connect a GitLab' }).waitFor();
    expect([await auditPage(page), await overflows(page)]).toEqual([[], false]);
  });
});

describe('setting up', () => {
  it('leads with the keyboard from nothing to the first pool, and checks each step before the next', async () => {
    const { hetznerUrl, gitlabUrl, gitlabToken } = world.installation.demo;
    const page = await world.openSignedIn('/console/set-up', { token: globex(), heading: 'Set up' });
    await page.getByText(/^3 steps until the first job runs/).waitFor();
    await page.getByLabel('Name').fill('Globex cloud');
    await page.getByLabel('API token').fill(TOKENS.readOnly);
    await page.getByLabel('Address of the API').fill(hetznerUrl);
    await page.keyboard.press('Enter');
    await page.getByText('The token may only read. Make one with read and write access.').waitFor();
    expect(await page.evaluate('document.activeElement.name')).toBe('input.apiToken');
    expect(await auditPage(page)).toEqual([]);
    await page.getByLabel('API token').fill(TOKENS.right);
    await page.keyboard.press('Enter');
    await page.getByText('Globex cloud is connected.').waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toBe('2. Connect a GitLab');
    await page.getByLabel('Name').fill('Globex GitLab');
    await page.getByLabel('Address').fill(gitlabUrl);
    await page.getByLabel('Access token').fill('glpat-wrong');
    await page.keyboard.press('Enter');
    await page.getByText('The token is not accepted.').waitFor();
    expect(await page.getByLabel('Address').inputValue()).toBe(gitlabUrl);
    await page.getByLabel('Access token').fill(gitlabToken);
    await page.keyboard.press('Enter');
    await page.getByText('Globex GitLab is connected.').waitFor();
    await current(page).getByRole('heading', { name: '3. Make the first pool' }).waitFor();
    await page.getByLabel('Full path').fill('nobody');
    await page.getByLabel('Name', { exact: true }).fill('first');
    await page.getByLabel('Tags', { exact: true }).fill('linux');
    await page.getByLabel('Server types').fill('cx23');
    await page.getByLabel('Locations').fill('fsn1');
    await page.getByLabel('Runners').fill('1');
    await page.keyboard.press('Enter');
    await page.locator('.field', { hasText: 'Full path' }).locator('.trouble').waitFor();
    expect(await auditPage(page)).toEqual([]);
    await page.getByLabel('Full path').fill('acme');
    await page.keyboard.press('Enter');
    await page.getByRole('img', { name: /^1 runner of first/ }).waitFor();
    await page.goto(`${world.line.url}/console/set-up`);
    await page.getByText('All is set up.').waitFor();
    expect(await page.content()).not.toContain(TOKENS.right);
  });

  itLoadsAndFails(() => world, {
    path: () => '/console/set-up',
    query: /query Connections/,
    field: 'viewer',
    service: 'identity',
    shown: /^All is set up\.$/,
  });

  it('says so where the service of the pools does not answer', async () => {
    const page = await world.open('/console/set-up');
    await onGraphql(page, /query PoolNames/, (route) =>
      route.fulfill({ json: { data: { runnerPools: null }, errors: [unavailable('runnerPools')] } }),
    );
    await world.signIn(page, world.installation.demo.apiToken);
    await page.getByText('Demo project is connected.').waitFor();
    await current(page).getByText('The provisioning service does not answer at the moment.').waitFor();
  });
});

describe('connections', () => {
  itLoadsAndFails(() => world, {
    path: () => '/console/connections',
    query: /query Connections/,
    field: 'viewer',
    service: 'identity',
    shown: /^All 2 are connected\.$/,
  });

  it('say which one needs a look', async () => {
    const page = await world.open('/console/connections');
    await onGraphql(page, /query Connections/, async (route) => {
      const text = await (await route.fetch()).text();
      await route.fulfill({ json: JSON.parse(text.replace('CONNECTED', 'CREDENTIALS_INVALID')) as object });
    });
    await world.signIn(page, world.installation.demo.apiToken);
    await page.getByText('1 of 2 needs a look.').waitFor();
    await page.getByText(/^Its token is not accepted any more/).waitFor();
    expect(await auditPage(page)).toEqual([]);
  });

  it('are renamed, get another token of the same project, and are kept while a pool uses them', async () => {
    const page = await openConnections({ token: globex() });
    await page.getByRole('button', { name: 'Change Globex cloud' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change Globex cloud' });
    await dialog.getByLabel('New API token').fill('too short');
    await page.keyboard.press('Enter');
    await dialog.getByText('A Hetzner API token has 64 letters and digits.').waitFor();
    expect(await page.evaluate('document.activeElement.name')).toBe('apiToken');
    await dialog.getByLabel('Name').fill('Globex machines');
    await dialog.getByLabel('New API token').fill(TOKENS.next);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Disconnect Globex machines' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
    await page.getByText(/^A pool uses this/).waitFor();
    expect(await auditPage(page)).toEqual([]);
  });

  it('come and go', async () => {
    const { gitlabUrl, gitlabToken } = world.installation.demo;
    const page = await openConnections();
    await button(page, 'Connect GitLab').click();
    await page.getByLabel('Name').fill('Second GitLab');
    await page.getByLabel('Address').fill(gitlabUrl);
    await page.getByLabel('Access token').fill(gitlabToken);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Disconnect Second GitLab' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
    await page.getByText('All 2 are connected.').waitFor();
    await page.getByText('Second GitLab').waitFor({ state: 'detached' });
  });

  it('are only looked at by who is no OWNER', async () => {
    const { secret } = (await world.installation.ask<{ createApiToken: { secret: string } }>(OPERATOR))
      .createApiToken;
    for (const token of [secret, world.installation.demo.viewerToken]) {
      const page = await openConnections({ token });
      await page.getByText('All 2 are connected.').waitFor();
      expect(await page.getByRole('main').getByRole('button').count()).toBe(0);
    }
    const heading = 'There is no such page for your role';
    await world.openSignedIn('/console/set-up', { token: secret, heading });
  });

  it('break no rule meanwhile', () => {
    expect(world.offences).toEqual([]);
  });
});

const openConnections = (options: Parameters<ConsoleWorld['openSignedIn']>[1] = {}) =>
  world.openSignedIn('/console/connections', { heading: 'Connections', ...options });
