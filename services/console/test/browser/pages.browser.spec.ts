import { auditPage, overflows } from './audit-page.js';
import { ConsoleWorld } from './console-world.js';
import { onGraphql } from './on-graphql.js';
import { unavailable } from './unavailable.js';

const WIDTHS = [390, 1440, 2560];
const THEMES = ['light', 'dark'] as const;

let world: ConsoleWorld;

beforeAll(async () => {
  world = await ConsoleWorld.start();
});
afterEach(() => world?.closePages());
afterAll(() => world?.stop());

describe.each(THEMES)('in the %s', (colorScheme) => {
  it.each(WIDTHS)('the fleet keeps nobody out at %i pixels', async (width) => {
    const page = await world.openSignedIn('/console/', { colorScheme, viewport: { width, height: 900 } });
    await page.getByRole('img', { name: /4 runners of linux: / }).waitFor();
    expect(await page.locator('html').getAttribute('data-theme')).toBe(colorScheme);
    expect([await auditPage(page), await overflows(page)]).toEqual([[], false]);
    await page.getByRole('link', { name: 'List' }).click();
    await page.getByRole('row', { name: /linux-4/ }).waitFor();
    expect([await auditPage(page), await overflows(page)]).toEqual([[], false]);
  });

  it('signing in keeps nobody out', async () => {
    const page = await world.open('/console/', { colorScheme, viewport: { width: 390, height: 844 } });
    await world.signIn(page, 'cr_wrong');
    await page.getByText('No API token of that kind').waitFor();
    expect([await auditPage(page), await overflows(page)]).toEqual([[], false]);
  });
});

describe('the fleet', () => {
  it('says how to begin where there is no pool', async () => {
    const token = world.installation.demo.otherOrgToken;
    const page = await world.openSignedIn('/console/', { token });
    await page.getByRole('heading', { name: 'No pool yet' }).waitFor();
    expect(await auditPage(page)).toEqual([]);
  });

  it('shows a frame while it loads', async () => {
    const page = await world.open();
    let answer = () => undefined as void;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await onGraphql(page, /query Pools/, (route) => held.then(() => route.continue()));
    await world.signIn(page, world.installation.demo.apiToken);
    await page.locator('.skeleton').waitFor();
    answer();
    await page.getByRole('img', { name: /4 runners of linux/ }).waitFor();
  });

  it('says what could not be read, and tries again', async () => {
    const page = await world.open();
    let isBroken = true;
    await onGraphql(page, /query (Pools|Runners)/, (route) =>
      isBroken ? route.fulfill({ status: 503, json: {} }) : route.continue(),
    );
    await world.signIn(page, world.installation.demo.apiToken);
    await page.getByText('The fleet could not be read.').waitFor({ timeout: 15_000 });
    expect(await auditPage(page)).toEqual([]);
    isBroken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('img', { name: /4 runners of linux/ }).waitFor();
  });

  it('shows the rest where one service does not answer', async () => {
    const page = await world.open();
    await onGraphql(page, /query WaitingJobs/, (route) =>
      route.fulfill({ json: { data: { jobs: null }, errors: [unavailable('jobs')] } }),
    );
    await world.signIn(page, world.installation.demo.apiToken);
    await page.getByText(/^The scheduling service does not answer at the moment\. What/).waitFor();
    await page.getByRole('img', { name: /4 runners of linux/ }).waitFor();
    expect(await auditPage(page)).toEqual([]);
  });

  it('keeps what it shows where the service of the runners goes away', async () => {
    const page = await world.openSignedIn();
    await page.getByRole('img', { name: /4 runners of linux/ }).waitFor();
    await onGraphql(page, /query Pools/, (route) =>
      route.fulfill({ json: { data: { runnerPools: null }, errors: [unavailable('runnerPools')] } }),
    );
    await page.getByText(/^The provisioning service does not answer at the moment\. What/).waitFor();
    expect(await page.getByRole('img', { name: /4 runners of linux/ }).isVisible()).toBe(true);
  });

  it('can be used with the keyboard alone', async () => {
    const page = await world.openSignedIn();
    await page.getByRole('img', { name: /4 runners of linux/ }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('To the page');
    await page.getByRole('button', { name: /^Asleep/ }).focus();
    await page.keyboard.press('Space');
    await page.waitForURL('**/console/?state=asleep');
    await page.getByRole('button', { name: 'Show dark' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Show light' }).waitFor();
    await page.reload();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  });

  it('breaks no rule meanwhile', () => {
    expect(world.offences).toEqual([]);
  });
});
