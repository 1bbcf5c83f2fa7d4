import type { Page, Route } from 'playwright-core';
import { auditPage, overflows } from './audit-page.js';
import { ConsoleWorld } from './console-world.js';
import { onGraphql } from './on-graphql.js';
import { unavailable } from './unavailable.js';

let world: ConsoleWorld;

beforeAll(async () => {
  world = await ConsoleWorld.start();
});
afterEach(() => world?.closePages());
afterAll(() => world?.stop());

const open = (options: Parameters<ConsoleWorld['openSignedIn']>[1] = {}) =>
  world.openSignedIn('/console/cost', { heading: 'Cost', ...options });
const chart = (page: Page) => page.getByRole('img', { name: /^Cost of \d+ days? against always on$/ });

describe.each(['light', 'dark'] as const)('in the %s', (colorScheme) => {
  it.each([390, 1440, 2560])('the cost keeps nobody out at %i pixels', async (width) => {
    const page = await open({ colorScheme, viewport: { width, height: 900 } });
    await chart(page).waitFor();
    await page.getByRole('button', { name: 'Show the numbers' }).click();
    await page.getByRole('table', { name: 'Each day against always on' }).waitFor();
    expect([await auditPage(page), await overflows(page)]).toEqual([[], false]);
  });
});

describe('the page of the cost', () => {
  it('keeps time and pool in its address', async () => {
    const page = await open();
    await page.getByText(/^The last 30 days cost/).waitFor();
    await page.getByLabel('Time').selectOption('This month');
    await page.getByText(/^This month until now cost/).waitFor();
    await page
      .getByRole('row', { name: /^linux/ })
      .getByRole('link', { name: 'linux' })
      .click();
    await page.waitForURL(/period=month&pool=pool_/);
    await page.reload();
    await page.getByText(/^This month until now cost/).waitFor();
    expect(await page.getByLabel('Pool').inputValue()).toMatch(/^pool_/);
    expect(await page.getByRole('heading', { name: 'By pool' }).count()).toBe(0);
  });

  it('says so where nothing cost anything', async () => {
    const page = await open({ token: world.installation.demo.otherOrgToken });
    await page.getByText('There is no pool yet.').waitFor();
    await page
      .getByText(/Nothing has cost anything in this time|could not be read/)
      .or(chart(page))
      .waitFor();
    expect(await auditPage(page)).toEqual([]);
  });

  it('shows a frame while it loads', async () => {
    const page = await world.open('/console/cost');
    let answer = () => undefined as void;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await onGraphql(page, /query CostOfAll/, (route) => held.then(() => route.continue()));
    await world.signIn(page, world.installation.demo.apiToken);
    await page.locator('.skeleton').waitFor();
    answer();
    await chart(page).waitFor();
  });

  it('says what could not be read and shows the rest, and tries again', async () => {
    const page = await world.open('/console/cost');
    let isBroken = true;
    const answer = { data: { costReport: null }, errors: [unavailable('costReport')] };
    await onGraphql(page, /query CostOfAll/, (route) =>
      isBroken ? route.fulfill({ json: answer }) : route.continue(),
    );
    await onGraphql(page, /query Budgets/, withoutBudgets);
    await world.signIn(page, world.installation.demo.apiToken);
    await page.getByText('The cost could not be read.').waitFor();
    const budgets = page.getByRole('region', { name: 'Budgets of this month' });
    await budgets.getByText('The billing service does not answer at the moment.').waitFor();
    await page.getByRole('row', { name: /^linux/ }).waitFor();
    expect(await auditPage(page)).toEqual([]);
    isBroken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await chart(page).waitFor();
  });
});

describe('a budget', () => {
  it('is set once what was refused is put right, shown, and removed', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Set the budget of linux' }).click();
    const dialog = page.getByRole('dialog', { name: 'Budget of linux' });
    await dialog.getByLabel('Limit in EUR').fill('much');
    await page.keyboard.press('Enter');
    await dialog.getByText(/^A decimal number/).waitFor();
    expect(await auditPage(page)).toEqual([]);
    await dialog.getByLabel('Limit in EUR').fill('250.00');
    await page.keyboard.press('Enter');
    await page.getByText(/of €250\.00 spent/).waitFor();
    await page.getByText('At the limit no new machine is ordered. Running jobs finish.').waitFor();
    expect(await auditPage(page)).toEqual([]);
    await page.getByRole('button', { name: 'Change the budget of linux' }).click();
    await page.getByRole('button', { name: 'Remove the budget' }).click();
    await page.getByRole('button', { name: 'Set the budget of linux' }).waitFor();
  });

  it('is only looked at by a VIEWER', async () => {
    const page = await open({ token: world.installation.demo.viewerToken });
    await page.getByText('No budget.').first().waitFor();
    expect(await page.getByRole('button', { name: /budget/ }).count()).toBe(0);
  });
});

describe('a statement', () => {
  it('is asked for with the session alone, and says why there is none', async () => {
    const page = await open();
    const statements = page.getByRole('region', { name: 'Statements' });
    await statements.getByLabel('Month').selectOption({ index: 23 });
    await page.getByRole('button', { name: 'Download as CSV' }).click();
    await page.getByText('Nothing was billed in that month.').waitFor();
  });

  it('is saved as a file', async () => {
    const page = await open();
    await page.route('**/billing/statements/*.json', (route) => route.fulfill({ json: { lines: [] } }));
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download as JSON' }).click();
    expect((await saved).suggestedFilename()).toMatch(/^cleanroom-\d{4}-\d{2}\.json$/);
  });

  it('breaks no rule meanwhile', () => {
    expect(world.offences).toEqual([]);
  });
});

async function withoutBudgets(route: Route): Promise<void> {
  const response = await route.fetch();
  const { data } = (await response.json()) as { data: object };
  await route.fulfill({
    json: { data, errors: [unavailable('viewer', 'organization', 'budget')] },
  });
}
