import type { Page } from 'playwright-core';
import { auditPage, overflows } from './audit-page.js';
import { ConsoleWorld } from './console-world.js';
import { onGraphql } from './on-graphql.js';
import { unavailable } from './unavailable.js';

const SCHEDULES = `{ schedules(first: 1) { nodes { id } } }`;
const UPDATE = `mutation($id: ID!, $input: ScheduleInput!) {
  updateSchedule(id: $id, input: $input) { userErrors { message } } }`;
const OVERRIDE = `mutation($id: ID!, $from: DateTime!, $to: DateTime!) {
  overrideSchedule(scheduleId: $id, from: $from, to: $to, warm: 3, reason: "Release 31.10") { userErrors { message } } }`;
const OPERATOR = `mutation { createApiToken(name: "Night shift", role: OPERATOR) { secret } }`;

/** A week in which clocks are put back. */
const WEEK = '/console/schedules?week=2031-10-20';
const DAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'];
const RULES = {
  name: 'Office hours',
  timeZone: 'Europe/Berlin',
  windows: [
    { days: DAYS, start: '08:00', end: '09:00', warm: 1 },
    { days: DAYS, start: '09:00', end: '18:00', warm: 2 },
  ],
  holidays: [{ date: '2031-10-24', name: 'Company day' }],
};

let world: ConsoleWorld;

beforeAll(async () => {
  world = await ConsoleWorld.start();
  const { ask } = world.installation;
  const id = (await ask<{ schedules: { nodes: { id: string }[] } }>(SCHEDULES)).schedules.nodes[0]?.id;
  await ask(UPDATE, { id, input: RULES });
  await ask(OVERRIDE, { id, from: '2031-10-22T17:00:00Z', to: '2031-10-22T20:00:00Z' });
});
afterEach(() => world?.closePages());
afterAll(() => world?.stop());

const open = (options: Parameters<ConsoleWorld['openSignedIn']>[1] = {}) =>
  world.openSignedIn(WEEK, { heading: 'Office hours', ...options });
const day = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });

describe.each(['light', 'dark'] as const)('in the %s', (colorScheme) => {
  it.each([390, 1440, 2560])('schedules keep nobody out at %i pixels', async (width) => {
    const page = await open({ colorScheme, viewport: { width, height: 900 } });
    await page.getByText('follows it').waitFor();
    expect([await auditPage(page), await overflows(page)]).toEqual([[], false]);
    await page.getByRole('button', { name: 'Override' }).click();
    await page.getByRole('dialog', { name: 'Override the schedule' }).waitFor();
    expect([await auditPage(page), await overflows(page)]).toEqual([[], false]);
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByRole('group', { name: 'Window 2' }).waitFor();
    expect([await auditPage(page), await overflows(page)]).toEqual([[], false]);
  });
});

describe('the week', () => {
  it('shows windows, holidays, overrides, and days that are longer', async () => {
    const page = await open();
    await page.getByText(/^Times are Europe\/Berlin\. It is \w+day \d\d:\d\d there\.$/).waitFor();
    await page.getByRole('heading', { name: '20 Oct – 26 Oct 2031' }).waitFor();
    await day(page, 'Mon 20').getByText('09:00–18:00').waitFor();
    await day(page, 'Wed 22').getByText('19:00–22:00 Release 31.10').waitFor();
    await day(page, 'Fri 24').getByText('Company day').waitFor();
    expect(await day(page, 'Fri 24').getByText('09:00–18:00').count()).toBe(0);
    await day(page, 'Sun 26').getByText('25 hours: clocks change').waitFor();
    await page.getByRole('link', { name: 'Week after' }).click();
    await page.waitForURL(/week=2031-10-27/);
    await page.getByRole('link', { name: 'This week' }).click();
    await page.locator('.week [aria-current="date"]').waitFor();
  });

  it('says what changes next', async () => {
    const page = await open();
    const changes = page.getByRole('region', { name: 'What changes next' });
    await changes.getByRole('row', { name: /08:00/ }).first().waitFor();
  });

  it('shows a frame while it loads', async () => {
    const page = await world.open(WEEK);
    let answer = () => undefined as void;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await onGraphql(page, /query Schedules \{/, (route) => held.then(() => route.continue()));
    await world.signIn(page, world.installation.demo.apiToken);
    await page.locator('.skeleton').waitFor();
    answer();
    await page.getByRole('heading', { name: 'Office hours' }).waitFor();
  });

  it('says how to begin where there is none', async () => {
    const token = world.installation.demo.otherOrgToken;
    const page = await world.openSignedIn(WEEK, { token, heading: 'Schedules' });
    await page.getByRole('heading', { name: 'No schedule yet' }).waitFor();
    expect(await auditPage(page)).toEqual([]);
  });

  it('says what could not be read, and tries again', async () => {
    const page = await world.open(WEEK);
    let isBroken = true;
    const answer = { data: { schedules: null }, errors: [unavailable('schedules')] };
    await onGraphql(page, /query Schedules \{/, (route) =>
      isBroken ? route.fulfill({ json: answer }) : route.continue(),
    );
    await world.signIn(page, world.installation.demo.apiToken);
    await page.getByText('The scheduling service does not answer at the moment.').waitFor();
    isBroken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Office hours' }).waitFor();
  });

  it('shows the rest where the service of the pools does not answer', async () => {
    const page = await world.open(WEEK);
    await onGraphql(page, /query SchedulesOfPools/, (route) =>
      route.fulfill({ json: { data: { runnerPools: null }, errors: [unavailable('runnerPools')] } }),
    );
    await world.signIn(page, world.installation.demo.apiToken);
    const pools = page.getByRole('region', { name: 'Pools that follow it' });
    await pools.getByText('The provisioning service does not answer at the moment.').waitFor();
    await day(page, 'Mon 20').getByText('09:00–18:00').waitFor();
  });
});

describe('an override', () => {
  it('is made once what was refused is put right, at its fields, and removed', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Override' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('From').fill('2031-10-21T20:00');
    await dialog.getByLabel('To').fill('2031-10-21T19:00');
    await dialog.getByLabel('Runners kept warm').fill('some');
    await dialog.getByRole('button', { name: 'Save the override' }).click();
    await dialog.getByText('An override ends after it begins.').waitFor();
    await dialog.getByText('Warm runners are a number from 0 to 500.').waitFor();
    await dialog.getByText('A reason has 1 to 200 characters.').waitFor();
    expect(await page.evaluate('document.activeElement.name')).toBe('to');
    expect(await auditPage(page)).toEqual([]);
    await dialog.getByLabel('To').fill('2031-10-21T22:30');
    await dialog.getByLabel('Runners kept warm').fill('4');
    await dialog.getByLabel('Reason').fill('Fire drill');
    await page.keyboard.press('Enter');
    await day(page, 'Tue 21').getByText('20:00–22:30 Fire drill').waitFor();
    await page.getByRole('button', { name: 'Remove Fire drill' }).click();
    await page.getByText('20:00–22:30 Fire drill').waitFor({ state: 'detached' });
  });

  it('is for OPERATORs, the rules are for OWNERs, and a VIEWER only looks', async () => {
    const { secret } = (await world.installation.ask<{ createApiToken: { secret: string } }>(OPERATOR))
      .createApiToken;
    const buttons = async (token: string) => {
      const page = await open({ token });
      await page.getByText('follows it').waitFor();
      const all = await page.getByRole('main').locator('button, .page-actions a').allInnerTexts();
      return all.map((text) => text.split(/\s/)[0]);
    };
    expect(await buttons(secret)).toEqual(['Override', 'Remove']);
    expect(await buttons(world.installation.demo.viewerToken)).toEqual([]);
  });
});

describe('the rules', () => {
  it('are made once what was refused is put right, followed, and deleted when nobody follows', async () => {
    const page = await open();
    await page.getByRole('link', { name: 'New schedule' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Office hours');
    await page.getByLabel('Time zone').fill('Europe/Atlantis');
    await page.getByLabel('Start').fill('19:00');
    await page.getByRole('button', { name: 'Add a holiday' }).click();
    await page.getByRole('button', { name: 'Create the schedule' }).click();
    await page.getByText('This is no IANA time zone.').waitFor();
    await page.getByText(/^A window ends after it starts/).waitFor();
    await page.getByText('A date is YYYY-MM-DD.').waitFor();
    expect(await auditPage(page)).toEqual([]);
    await page.getByRole('button', { name: 'Remove holiday 1' }).click();
    await page.getByLabel('Time zone').fill('America/New_York');
    await page.getByLabel('Start').fill('06:00');
    await page.getByRole('button', { name: 'Create the schedule' }).click();
    await page.getByText('A schedule named "Office hours" exists.').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('New York');
    await page.getByRole('button', { name: 'Create the schedule' }).click();
    await page.getByRole('combobox', { name: /^Schedule/ }).selectOption('New York');
    await page.getByText(/^Times are America\/New_York\./).waitFor();
    await page.getByText('follows Office hours').waitFor();
    await page.getByRole('button', { name: 'Let follow linux' }).click();
    await page.getByText('follows it').waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete the schedule' }).click();
    await page.getByRole('dialog').getByText('Pools still follow this schedule.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Take off linux' }).click();
    await page.getByText('follows none').waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete the schedule' }).click();
    await page.getByRole('heading', { name: 'Office hours', level: 1 }).waitFor();
  });

  it('are changed', async () => {
    const page = await open();
    await page.getByRole('link', { name: 'Edit' }).click();
    const second = page.getByRole('group', { name: 'Window 2' });
    await second.getByLabel('Start').fill('08:30');
    await page.getByRole('button', { name: 'Save' }).click();
    await second.getByText(/^It overlaps the window/).waitFor();
    await second.getByLabel('Start').fill('10:00');
    await second.getByLabel('Fri').uncheck();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('10:00–18:00').first().waitFor();
  });

  it('break no rule meanwhile', () => {
    expect(world.offences).toEqual([]);
  });
});
