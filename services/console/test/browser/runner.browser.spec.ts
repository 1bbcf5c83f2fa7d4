import { auditPage, overflows } from './audit-page.js';
import { ConsoleWorld } from './console-world.js';
import { onGraphql } from './on-graphql.js';
import { unavailable } from './unavailable.js';
import { without } from './without.js';

const RUNNERS = `{ runners(first: 100) { nodes { id name } } }`;

let world: ConsoleWorld;
let path: string;

beforeAll(async () => {
  world = await ConsoleWorld.start();
  const { runners } = await world.installation.ask<{ runners: { nodes: { id: string; name: string }[] } }>(
    RUNNERS,
  );
  path = `/console/runners/${runners.nodes.find(({ name }) => name === 'linux-2')?.id}`;
});
afterEach(() => world?.closePages());
afterAll(() => world?.stop());

const open = (options: Parameters<ConsoleWorld['openSignedIn']>[1] = {}) =>
  world.openSignedIn(path, { heading: 'linux-2', ...options });

describe.each(['light', 'dark'] as const)('in the %s', (colorScheme) => {
  it.each([390, 1440, 2560])('the page of a runner keeps nobody out at %i pixels', async (width) => {
    const page = await open({ colorScheme, viewport: { width, height: 900 } });
    await page.getByText('None. The runner keeps its static IP and its name.').waitFor();
    expect([await auditPage(page), await overflows(page)]).toEqual([[], false]);
    await page.getByRole('button', { name: 'Wake' }).click();
    await page.getByRole('dialog', { name: 'Wake linux-2?' }).waitFor();
    expect([await auditPage(page), await overflows(page)]).toEqual([[], false]);
  });
});

describe('the page of a runner', () => {
  it('is reached from the list, and leads on to the pool', async () => {
    const page = await world.openSignedIn('/console/?view=list');
    await page.getByRole('link', { name: 'linux-2' }).click();
    await page.getByRole('heading', { name: 'linux-2', level: 1 }).waitFor();
    await page.getByText(/Asleep for/).waitFor();
    await page.getByText(/^(There is no|No) machine to protect/).waitFor();
    await page.getByRole('button', { name: 'Copy the subject' }).waitFor();
    await page.getByRole('link', { name: 'linux', exact: true }).click();
    await page.getByRole('heading', { name: 'linux', level: 1 }).waitFor();
  });

  it('shows a frame while it loads', async () => {
    const page = await world.open(path);
    let answer = () => undefined as void;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await onGraphql(page, /query Runner\(/, (route) => held.then(() => route.continue()));
    await world.signIn(page, world.installation.demo.apiToken);
    await page.locator('.skeleton').waitFor();
    answer();
    await page.getByText(/Asleep for/).waitFor();
  });

  it('says what could not be read, and tries again', async () => {
    const page = await world.open(path);
    let isBroken = true;
    await onGraphql(page, /query Runner\(/, (route) =>
      isBroken
        ? route.fulfill({ json: { data: { runner: null }, errors: [unavailable('runner')] } })
        : route.continue(),
    );
    await world.signIn(page, world.installation.demo.apiToken);
    await page.getByText('The provisioning service does not answer at the moment.').waitFor();
    expect(await auditPage(page)).toEqual([]);
    isBroken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText(/Asleep for/).waitFor();
  });

  it('shows the rest where services do not answer', async () => {
    const page = await world.open(path);
    await onGraphql(page, /query Runner\(/, without('runner', 'costToDate', 'identity'));
    await world.signIn(page, world.installation.demo.apiToken);
    const cost = page.getByRole('region', { name: 'Cost' });
    await cost.getByText('The billing service does not answer at the moment.').waitFor();
    const identity = page.getByRole('region', { name: 'Identity' });
    await identity.getByText('The identity service does not answer at the moment.').waitFor();
    await page.getByRole('button', { name: 'Copy the address' }).waitFor();
    expect(await auditPage(page)).toEqual([]);
  });

  it('tells of a machine that was rebuilt when it was ready last, not after how long', async () => {
    const page = await world.open(path);
    const times = { orderedAt: '2026-11-30T10:00:00Z', readyAt: '2026-11-30T10:41:14Z' };
    const server = { serverId: '7', serverType: 'cx23', location: 'fsn1', deletedAt: null, paidUntil: null };
    const machine = { id: 'mach_7', generation: 7, ...server, ...times };
    await onGraphql(page, /query Runner\(/, async (route) => {
      const { data } = JSON.parse(await (await route.fetch()).text()) as { data: { runner: object } };
      await route.fulfill({ json: { data: { runner: { ...data.runner, machine } } } });
    });
    await world.signIn(page, world.installation.demo.apiToken);
    await page.getByText('again at 10:41:14 UTC').waitFor();
  });

  it('tells an order that Hetzner refused from a machine that lived', async () => {
    const page = await world.open(path);
    const lives = { generation: 1, serverType: 'cx23', location: 'fsn1', readyAt: null, paidUntil: null };
    const times = { orderedAt: '2026-11-30T10:00:00Z', deletedAt: '2026-11-30T10:00:05Z' };
    const nodes = [
      { id: 'mach_1', serverId: null, ...lives, ...times },
      { id: 'mach_2', serverId: '7', ...lives, ...times },
    ];
    await onGraphql(page, /query Runner\(/, async (route) => {
      const { data } = JSON.parse(await (await route.fetch()).text()) as { data: { runner: object } };
      await route.fulfill({ json: { data: { runner: { ...data.runner, machines: { nodes } } } } });
    });
    await world.signIn(page, world.installation.demo.apiToken);
    const earlier = page.getByRole('region', { name: 'Earlier machines' });
    await earlier.getByRole('cell', { name: 'never made' }).waitFor();
    await earlier.getByRole('cell', { name: '5 s' }).waitFor();
  });

  it('says so where there is no such runner', async () => {
    const heading = 'There is no such runner';
    await world.openSignedIn('/console/runners/run_01zzzzzzzzzzzzzzzzzzzzzzzz', { heading });
  });
});

describe('acting on a runner', () => {
  it('is not offered to a VIEWER', async () => {
    const page = await open({ token: world.installation.demo.viewerToken });
    await page.getByText(/Asleep for/).waitFor();
    expect(
      await page
        .getByRole('main')
        .getByRole('button', { name: /Wake|awake|Drain/ })
        .count(),
    ).toBe(0);
  });

  it('can be done with the keyboard alone, and given up', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Wake' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Wake');
  });

  it('says why it was refused, at the field', async () => {
    const page = await open();
    const refusal = { code: 'INVALID', message: 'A time within the next 7 days.', path: ['until'] };
    await onGraphql(page, /mutation WakeRunner/, (route) =>
      route.fulfill({ json: { data: { wakeRunner: { userErrors: [refusal] } } } }),
    );
    await page.getByRole('button', { name: 'Wake' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Wake' }).click();
    await dialog.getByText('A time within the next 7 days.').waitFor();
    const field = dialog.getByLabel('Awake');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await page.evaluate('document.activeElement.name')).toBe('until');
    expect(await auditPage(page)).toEqual([]);
  });

  it('breaks no rule meanwhile', () => {
    expect(world.offences).toEqual([]);
  });
});
