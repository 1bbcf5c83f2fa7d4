import { eventually } from '@cleanroom/testing';
import type { Page } from 'playwright-core';
import { followChanges } from '../../../../infra/local/test/follow-changes.js';
import { simulatorAdmin } from '../../../../infra/local/test/simulator-admin.js';
import { ConsoleWorld } from './console-world.js';

const CHANGES = `{ runners(first: 100) { changeCursor nodes { name state } } }`;
const ASLEEP = `{ runners(first: 1, states: [ASLEEP]) { nodes { id } } }`;
const WAKE = `mutation($id: ID!) { wakeRunner(id: $id) { userErrors { message } } }`;
const CREATE = `mutation { createApiToken(name: "Wall", role: VIEWER) { apiToken { id } secret } }`;
const REVOKE = `mutation($id: ID!) { revokeApiToken(id: $id) { deletedId } }`;

interface Runners {
  readonly runners: {
    readonly changeCursor: string;
    readonly nodes: readonly { readonly name: string; readonly state: string }[];
  };
}

/** What a page could ask that offers no button for it. */
const DRAIN_AS_PAGE = `fetch('/graphql', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query: 'mutation { drainRunner(id: "run_1") { userErrors { code } } }' }),
}).then((response) => response.text())`;

let world: ConsoleWorld;

beforeAll(async () => {
  world = await ConsoleWorld.start();
});
afterEach(() => world?.closePages());
afterAll(() => world?.stop());

const signInHeading = (page: Page) => page.getByRole('heading', { name: 'Sign in to Cleanroom' });
const chip = (page: Page, word: string) => page.getByRole('button', { name: new RegExp(`^${word} \\d`) });
const countOf = async (page: Page, word: string): Promise<number> =>
  Number((await chip(page, word).innerText()).replace(/\D/g, ''));
const seats = (page: Page) => page.getByRole('img', { name: /^4 runners of linux/ });

describe('signing in', () => {
  it('is refused with a wrong token, and leads to the page that was asked for with a right one', async () => {
    const page = await world.open('/console/?state=asleep');
    await world.signIn(page, 'cr_wrong');
    await page.getByText('No API token of that kind is valid here.').waitFor();
    await world.signIn(page, world.installation.demo.apiToken);
    await page.getByText('Acme', { exact: true }).waitFor();
    expect(new URL(page.url()).search).toBe('?state=asleep');
    expect(await chip(page, 'Asleep').getAttribute('aria-pressed')).toBe('true');
  });

  it('leaves nothing that a script could read', async () => {
    const page = await world.openSignedIn();
    expect(await page.evaluate('document.cookie')).toBe('');
    expect(await page.evaluate('JSON.stringify({ ...localStorage, ...sessionStorage })')).not.toContain('cr');
  });

  it('ends when somebody signs out', async () => {
    const page = await world.openSignedIn();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await signInHeading(page).waitFor();
    await page.goto(`${world.line.url}/console/`);
    await signInHeading(page).waitFor();
  });

  it('ends within 5 seconds when the token is revoked', async () => {
    const created = await world.installation.ask<{
      createApiToken: { apiToken: { id: string }; secret: string };
    }>(CREATE);
    const { apiToken, secret } = created.createApiToken;
    const page = await world.openSignedIn('/console/', { token: secret });
    await page.getByText('Live', { exact: true }).waitFor();
    await world.installation.ask(REVOKE, { id: apiToken.id });
    const revokedAt = performance.now();
    await signInHeading(page).waitFor();
    expect(performance.now() - revokedAt).toBeLessThan(6_000);
  });
});

describe('the fleet', () => {
  it('shows a runner go from asleep to busy, live', async () => {
    const page = await world.openSignedIn();
    await eventually(async () => expect(await countOf(page, 'Busy')).toBe(0));
    await world.queueJob(['linux'], 'build', 600);
    await eventually(async () => expect(await countOf(page, 'Busy')).toBe(1), { within: 90_000 });
    expect(await seats(page).getAttribute('aria-label')).toMatch(/1 busy/);
    await page
      .getByText(/1 busy/)
      .first()
      .waitFor();
  });

  it('drains a runner, whose job finishes first', async () => {
    const page = await world.openSignedIn('/console/?view=list&state=busy');
    await page.getByRole('link', { name: /^linux-\d$/ }).click();
    await page.getByText('acme/web').waitFor();
    await page.getByRole('button', { name: 'Drain' }).click();
    const dialog = page.getByRole('dialog', { name: /^Drain linux-\d\?$/ });
    await dialog.getByText(/^Its job build finishes first\./).waitFor();
    await dialog.getByRole('button', { name: 'Drain' }).click();
    await page.getByText(/^It is drained\. Its job build finishes first\./).waitFor();
    await page.getByText('Drained by hand.').waitFor();
    expect(await page.getByRole('button', { name: 'Drain' }).count()).toBe(0);
    await page.getByText(/(Stopping|Asleep) for/).waitFor({ timeout: 60_000 });
  });

  it('says why a job waits', async () => {
    const page = await world.openSignedIn();
    await world.queueJob(['gpu'], 'train:nightly');
    const job = page.getByRole('listitem').filter({ hasText: 'train:nightly' });
    await job.getByText(/No pool .* gpu/).waitFor({ timeout: 60_000 });
    await page.getByRole('link', { name: /jobs? waits?$/ }).waitFor();
  });

  it('wakes a runner that a schedule is told to keep warm', async () => {
    const page = await world.openSignedIn('/console/schedules', { heading: 'Office hours' });
    await page.getByRole('button', { name: 'Override' }).click();
    const dialog = page.getByRole('dialog');
    const from = dialog.getByLabel('From');
    await from.fill(anHourBefore(await from.inputValue()));
    await dialog.getByLabel('Runners kept warm').fill('1');
    await dialog.getByLabel('Reason').fill('Release night');
    await page.keyboard.press('Enter');
    const remove = page.getByRole('button', { name: 'Remove Release night' });
    await remove.waitFor();
    await page.getByRole('link', { name: 'linux' }).click();
    await page.getByText(/1 kept warm \(override: Release night\)/).waitFor({ timeout: 60_000 });
    await page
      .getByRole('img', { name: /^4 runners of linux: .*1 (idle|busy)/ })
      .waitFor({ timeout: 60_000 });
    await page.getByRole('link', { name: 'Office hours' }).click();
    await remove.click();
    await remove.waitFor({ state: 'detached' });
  });

  it('says which runner is in trouble, why, and when it is tried again', async () => {
    const soldOut = { serverType: '*', location: '*', soldOut: 'resource_unavailable' };
    const hetzner = simulatorAdmin(world.installation.demo.hetznerUrl.replace(/\/v1$/, ''));
    const page = await world.openSignedIn();
    await hetzner.call('PUT', 'stock', soldOut);
    const { runners } = await world.installation.ask<{ runners: { nodes: { id: string }[] } }>(ASLEEP);
    await world.installation.ask(WAKE, runners.nodes[0]);
    await page.getByRole('link', { name: '1 runner in trouble' }).waitFor({ timeout: 60_000 });
    const troubled = page.getByRole('region', { name: /^Runners in trouble/ });
    const said = /All server types are sold out in \w+\. (Next try in \d+|The next try is due)/;
    await troubled.getByText(said).first().waitFor();
    await page.getByRole('region', { name: 'linux' }).getByText(said).waitFor();
    await page.getByRole('link', { name: 'List' }).click();
    await page.getByRole('cell', { name: 'Asleep in trouble' }).waitFor();
    await troubled.getByRole('link').first().click();
    await page.getByText(said).waitFor();
    await hetzner.call('PUT', 'stock', { ...soldOut, soldOut: null });
  });

  it('refuses a VIEWER what is not offered to one', async () => {
    const page = await world.openSignedIn('/console/', { token: world.installation.demo.viewerToken });
    await seats(page).waitFor();
    expect(await page.getByRole('main').locator('.page-actions .button').count()).toBe(0);
    const refused = (await page.evaluate(DRAIN_AS_PAGE)) as string;
    expect(JSON.parse(refused)).toMatchObject({
      data: { drainRunner: { userErrors: [{ code: 'NOT_ALLOWED' }] } },
    });
  });

  it('keeps its filters in the address, also in the list', async () => {
    const page = await world.openSignedIn();
    await page.getByRole('link', { name: 'List' }).click();
    await page.getByLabel('Find a runner by name').fill('linux-3');
    await eventually(async () => expect(await page.getByRole('row').count()).toBe(2));
    await page.waitForURL('**/console/?*q=linux-3*');
    await page.reload();
    await page.getByRole('row', { name: /linux-3/ }).waitFor();
    expect(await page.getByLabel('Find a runner by name').inputValue()).toBe('linux-3');
    await page.getByLabel('Find a runner by name').fill('nobody');
    await page.getByText('No runner is like that.').waitFor();
  });

  it('goes on without a gap after the line broke, and keeps what it shows meanwhile', async () => {
    const { apiToken, subscriptionsUrl } = world.installation.demo;
    const { runners } = await world.installation.ask<Runners>(CHANGES);
    const witness = followChanges(subscriptionsUrl, apiToken, runners.changeCursor);
    const heard: string[] = [];
    const page = await world.open('/console/');
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => heard.push(...cursorsIn(String(payload)))),
    );
    await world.signIn(page, apiToken);
    await page.getByText('Live', { exact: true }).waitFor();
    await world.queueJob(['linux'], 'first');
    await eventually(() => expect(heard.length).toBeGreaterThan(0), { within: 60_000 });
    world.line.cut();
    await page.getByText('Reconnecting', { exact: true }).waitFor();
    expect(await seats(page).isVisible()).toBe(true);
    await world.queueJob(['linux'], 'meanwhile');
    const before = witness.cursors.length;
    await eventually(() => expect(witness.cursors.length).toBeGreaterThan(before + 1), { within: 60_000 });
    world.line.mend();
    await page.getByText('Live', { exact: true }).waitFor();
    const since = witness.cursors.indexOf(heard[0] ?? '');
    const due = witness.cursors.slice(since);
    await eventually(() => expect(heard.slice(0, due.length)).toEqual(due), { within: 30_000 });
    await witness.leave();
    await eventually(async () => expect(await shownStates(page)).toEqual(await trueStates()));
  });

  it('asks nothing of others, and breaks no rule', () => {
    expect(world.offences).toEqual([]);
  });
});

const anHourBefore = (local: string): string =>
  new Date(Date.parse(`${local}:00Z`) - 3_600_000).toISOString().slice(0, 16);

const cursorsIn = (frame: string): string[] =>
  [...frame.matchAll(/"runnerChanged":\{"cursor":"([^"]+)"/g)].map(([, cursor = '']) => cursor);

async function trueStates(): Promise<Record<string, number>> {
  const { runners } = await world.installation.ask<Runners>(CHANGES);
  const counts: Record<string, number> = {};
  for (const { state } of runners.nodes) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

async function shownStates(page: Page): Promise<Record<string, number>> {
  const texts = await page
    .getByRole('group', { name: 'Filter by state' })
    .getByRole('button')
    .allInnerTexts();
  const counts = texts.map((text) => /^(\w+)\s+(\d+)$/.exec(text.trim()) ?? ['', '', '0']);
  return Object.fromEntries(
    counts
      .filter(([, , count]) => Number(count) > 0)
      .map(([, word = '', count]) => [word.toUpperCase(), Number(count)]),
  );
}
