import type { Page } from 'playwright-core';
import { auditPage, overflows } from './audit-page.js';
import { ConsoleWorld } from './console-world.js';
import { onGraphql } from './on-graphql.js';
import { unavailable } from './unavailable.js';
import { without } from './without.js';

const POOLS = `{ runnerPools(first: 100) { nodes { id name } } }`;
const OPERATOR = `mutation { createApiToken(name: "Night shift", role: OPERATOR) { secret } }`;

let world: ConsoleWorld;
let path: string;

beforeAll(async () => {
  world = await ConsoleWorld.start();
  const { runnerPools } = await world.installation.ask<{
    runnerPools: { nodes: { id: string; name: string }[] };
  }>(POOLS);
  path = `/console/pools/${runnerPools.nodes[0]?.id}`;
});
afterEach(() => world?.closePages());
afterAll(() => world?.stop());

const open = (options: Parameters<ConsoleWorld['openSignedIn']>[1] = {}) =>
  world.openSignedIn(path, { heading: 'linux', ...options });
const button = (page: Page, name: string) => page.getByRole('main').getByRole('button', { name });

describe.each(['light', 'dark'] as const)('in the %s', (colorScheme) => {
  it.each([390, 1440, 2560])('pools keep nobody out at %i pixels', async (width) => {
    const page = await open({ colorScheme, viewport: { width, height: 900 } });
    await page.getByRole('img', { name: /4 runners of linux: / }).waitFor();
    expect([await auditPage(page), await overflows(page)]).toEqual([[], false]);
    await button(page, 'Resize').click();
    await page.getByRole('dialog', { name: 'Resize linux' }).waitFor();
    expect([await auditPage(page), await overflows(page)]).toEqual([[], false]);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByRole('heading', { name: 'Edit linux' }).waitFor();
    expect([await auditPage(page), await overflows(page)]).toEqual([[], false]);
  });
});

describe('the page of a pool', () => {
  it('shows a frame while it loads', async () => {
    const page = await world.open(path);
    let answer = () => undefined as void;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await onGraphql(page, /query Pool\(/, (route) => held.then(() => route.continue()));
    await world.signIn(page, world.installation.demo.apiToken);
    await page.locator('.skeleton').waitFor();
    answer();
    await page.getByRole('heading', { name: 'linux', level: 1 }).waitFor();
  });

  it('says what could not be read, and tries again', async () => {
    const page = await world.open(path);
    let isBroken = true;
    await onGraphql(page, /query Pool\(/, (route) =>
      isBroken
        ? route.fulfill({ json: { data: { runnerPool: null }, errors: [unavailable('runnerPool')] } })
        : route.continue(),
    );
    await world.signIn(page, world.installation.demo.apiToken);
    await page.getByText('The provisioning service does not answer at the moment.').waitFor();
    isBroken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'linux', level: 1 }).waitFor();
  });

  it('shows the rest where services do not answer', async () => {
    const page = await world.open(path);
    await onGraphql(page, /query Pool\(/, without('runnerPool', 'cost', 'firewallPolicies', 'capacity'));
    await world.signIn(page, world.installation.demo.apiToken);
    for (const service of ['billing', 'firewall', 'scheduling'])
      await page.getByText(`The ${service} service does not answer at the moment.`).waitFor();
    await page.getByText('cx23 or cpx22').waitFor();
    expect(await auditPage(page)).toEqual([]);
  });

  it('says so where there is no such pool', async () => {
    const heading = 'There is no such pool';
    await world.openSignedIn('/console/pools/pool_01zzzzzzzzzzzzzzzzzzzzzzzz', { heading });
  });
});

describe('a new pool', () => {
  it('is made once what was refused is put right, at its fields', async () => {
    const page = await world.openSignedIn('/console/');
    await page.getByRole('link', { name: 'New pool' }).click();
    await page.getByLabel('Full path').fill('acme');
    await page.getByLabel('Server types').fill('cx23, cx9999');
    await page.getByLabel('Locations').fill('fsn1');
    await page.getByLabel('Runners').fill('many');
    await page.getByLabel('Idle before it is unwanted').fill('a while');
    await button(page, 'Create the pool').click();
    await page.getByText('A pool has 1 to 500 runners.').waitFor();
    await page.getByText(/^A duration such as PT5M/).waitFor();
    await page.getByText('Without tags, runUntagged must be true: no job could match.').waitFor();
    expect(await page.getByLabel('Server types').inputValue()).toBe('cx23, cx9999');
    expect(await auditPage(page)).toEqual([]);
    await page.getByLabel('Name').fill('small');
    await page.getByLabel('Tags', { exact: true }).fill('small, arm');
    await page.getByLabel('Runners').fill('2');
    await page.getByLabel('Idle before it is unwanted').fill('10 min');
    await button(page, 'Create the pool').click();
    await page.getByText('Hetzner has no server type "cx9999".').waitFor();
    await page.getByLabel('Server types').fill('cx23');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'small' }).click();
    await page.getByText('10 min, then it is unwanted').waitFor();
  });

  it('is edited: only what changed is asked for', async () => {
    const page = await openSmall();
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('Name').fill('linux');
    await button(page, 'Save').click();
    await page.getByText('A pool named "linux" exists.').waitFor();
    await page.getByLabel('Name').fill('tiny');
    const asked = page.waitForRequest((request) => /UpdatePool/.test(request.postData() ?? ''));
    await button(page, 'Save').click();
    const { variables } = (await asked).postDataJSON() as { variables: { input: object } };
    expect(Object.keys(variables.input)).toEqual(['id', 'name']);
    await page.getByRole('heading', { name: 'tiny', level: 1 }).waitFor();
  });

  it('shrinks when the static IPs that it will release are named', async () => {
    const page = await openSmall();
    await page.getByRole('img', { name: '2 runners of tiny: 2 asleep' }).waitFor();
    await button(page, 'Resize').click();
    const size = page.getByRole('textbox', { name: 'Runners' });
    await size.fill('0');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('A pool has 1 to 500 runners.').waitFor();
    await size.fill('1');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Shrink tiny from 2 to 1?' });
    await dialog.waitFor();
    expect(await dialog.getByRole('listitem').allInnerTexts()).toEqual([expect.stringMatching(/^127\./)]);
    expect(await auditPage(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Shrink' }).click();
    await page.getByText('of 1 runner awake').waitFor();
  });

  it('is paused, and works again', async () => {
    const page = await openSmall();
    await button(page, 'Pause').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await page.getByText('It is paused: no machine is ordered, and jobs wait.').waitFor();
    await button(page, 'Resume').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
    await button(page, 'Pause').waitFor();
  });

  it('is deleted by who types its name', async () => {
    const page = await openSmall();
    await button(page, 'Delete').click();
    await page.getByRole('button', { name: 'Delete the pool' }).click();
    await page.getByText('Type tiny to delete it.').waitFor();
    await page.getByLabel('Its name, to be sure').fill('tiny');
    await page.keyboard.press('Enter');
    await page.getByText(/It is being deleted|There is no such pool/).waitFor();
  });

  const openSmall = async () => {
    const page = await world.openSignedIn('/console/');
    await page.getByRole('link', { name: /^(small|tiny)$/ }).click();
    await page.getByRole('heading', { name: /^(small|tiny)$/, level: 1 }).waitFor();
    return page;
  };
});

describe('buttons', () => {
  const names = async (page: Page) => {
    await page.getByRole('img', { name: /4 runners of linux: / }).waitFor();
    const actions = page.locator('.page-actions');
    return (await actions.count()) === 0 ? [] : actions.locator('.button').allInnerTexts();
  };

  it('are there only for who may do what they do', async () => {
    const { secret } = (await world.installation.ask<{ createApiToken: { secret: string } }>(OPERATOR))
      .createApiToken;
    expect(await names(await open())).toEqual(['Edit', 'Resize', 'Pause', 'Delete']);
    expect(await names(await open({ token: secret }))).toEqual(['Resize', 'Pause']);
    expect(await names(await open({ token: world.installation.demo.viewerToken }))).toEqual([]);
    const heading = 'There is no such page for your role';
    await world.openSignedIn('/console/pools/new', { token: secret, heading });
    await world.openSignedIn(`${path}/edit`, { token: secret, heading });
  });

  it('break no rule meanwhile', () => {
    expect(world.offences).toEqual([]);
  });
});
