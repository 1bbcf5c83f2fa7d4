import { fileURLToPath } from 'node:url';
import { eventually, openChromium } from '@cleanroom/testing';
import type { Browser, Page } from 'playwright-core';
import { FakeFleet } from '../../../../infra/bench/src/fake-fleet.js';
import { FakeGateway } from '../../../../infra/bench/src/fake-gateway.js';
import { auditPage, overflows } from './audit-page.js';

const BUILT = fileURLToPath(new URL('../../dist/', import.meta.url));
const RUNNERS = 10_000;
const CHANGES_PER_SECOND = 500;

let fleet: FakeFleet;
let gateway: FakeGateway;
let browser: Browser;

beforeAll(async () => {
  browser = await openChromium();
});
beforeEach(async () => {
  fleet = new FakeFleet(RUNNERS);
  gateway = await FakeGateway.start(fleet, BUILT);
});
afterEach(() => gateway?.stop());
afterAll(() => browser?.close());

async function open(path = '/console/'): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${gateway.url}${path}`);
  await page.getByText('Live', { exact: true }).waitFor();
  return page;
}

/** What the legend says, by the words of the states. */
async function shownCounts(page: Page): Promise<Record<string, number>> {
  const chips = page.getByRole('group', { name: 'Filter by state' }).getByRole('button');
  const all = (await chips.allInnerTexts()).map(
    (text) => [text.replace(/[^A-Za-z]/g, '').toUpperCase(), Number(text.replace(/\D/g, ''))] as const,
  );
  return Object.fromEntries(all.filter(([, count]) => count > 0));
}

describe('ten thousand runners', () => {
  it('are all there, of which the list draws only those in view', async () => {
    const page = await open();
    expect(await shownCounts(page)).toEqual({ ASLEEP: RUNNERS });
    await page.getByRole('link', { name: 'List' }).click();
    await page.getByRole('row', { name: /team-01-001/ }).waitFor();
    expect(await page.getByRole('row').count()).toBeLessThan(100);
    await page.getByLabel('Find a runner by name').fill('team-20-500');
    await page.getByRole('row', { name: /team-20-500/ }).waitFor();
    await eventually(async () => expect(await page.getByRole('row').count()).toBe(2));
    expect([await auditPage(page), await overflows(page)]).toEqual([[], false]);
  });

  it('end at the numbers of the server, also where hundreds change while they are read', async () => {
    gateway.changes.begin(CHANGES_PER_SECOND);
    const page = await open();
    await eventually(() => expect(gateway.changes.count()).toBeGreaterThan(2 * CHANGES_PER_SECOND));
    gateway.changes.stop();
    const counts = Object.fromEntries(fleet.counts());
    expect(Object.keys(counts).length).toBeGreaterThan(1);
    await eventually(async () => expect(await shownCounts(page)).toEqual(counts));
  });
});
