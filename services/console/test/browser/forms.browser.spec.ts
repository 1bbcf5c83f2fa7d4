import { auditPage } from './audit-page.js';
import { ConsoleWorld } from './console-world.js';
import { itLoadsAndFails } from './it-loads-and-fails.js';
import { onGraphql } from './on-graphql.js';
import { unavailable } from './unavailable.js';

const IDS = `{
  runnerPools(first: 1) { nodes { id } }
  schedules(first: 1) { nodes { id } }
  firewallPolicies(first: 1) { nodes { id } }
}`;

let world: ConsoleWorld;
let idOf: (field: string) => string | undefined;

beforeAll(async () => {
  world = await ConsoleWorld.start();
  const found = await world.installation.ask<Record<string, { nodes: { id: string }[] }>>(IDS);
  idOf = (field) => found[field]?.nodes[0]?.id;
});
afterEach(() => world?.closePages());
afterAll(() => world?.stop());

describe('the form of a new pool', () => {
  itLoadsAndFails(() => world, {
    path: () => '/console/pools/new',
    query: /query Connections/,
    field: 'viewer',
    service: 'identity',
    shown: /^Create the pool$/,
    isForm: true,
  });

  it('says what to connect first where nothing is connected', async () => {
    const token = world.installation.demo.otherOrgToken;
    const page = await world.openSignedIn('/console/pools/new', { token, heading: 'New pool' });
    await page.getByText('Nothing is connected that a pool could use.').waitFor();
    expect(await auditPage(page)).toEqual([]);
    await page.getByRole('link', { name: 'Set up' }).click();
    await page.getByRole('heading', { name: 'Set up', level: 1 }).waitFor();
  });
});

describe('the form of a pool', () => {
  itLoadsAndFails(() => world, {
    path: () => `/console/pools/${idOf('runnerPools')}/edit`,
    query: /query Pool\(/,
    field: 'runnerPool',
    service: 'provisioning',
    shown: /^Save$/,
    isForm: true,
  });
});

describe('the form of a schedule', () => {
  itLoadsAndFails(() => world, {
    path: () => `/console/schedules/${idOf('schedules')}/edit`,
    query: /query Schedules \{/,
    field: 'schedules',
    service: 'scheduling',
    shown: /^Save$/,
    isForm: true,
  });
});

describe('the form of a policy', () => {
  itLoadsAndFails(() => world, {
    path: () => `/console/firewall/${idOf('firewallPolicies')}/edit`,
    query: /query Policies/,
    field: 'firewallPolicies',
    service: 'firewall',
    shown: /^Save$/,
    isForm: true,
  });
});

describe('what was typed', () => {
  it('stays where the service that would take it does not answer', async () => {
    const page = await world.openSignedIn('/console/schedules/new', { heading: 'New schedule' });
    await onGraphql(page, /mutation CreateSchedule/, (route) =>
      route.fulfill({ json: { data: null, errors: [unavailable('createSchedule')] } }),
    );
    await page.getByLabel('Name', { exact: true }).fill('Night shift');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('The service does not answer.').waitFor();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Night shift');
    expect(await auditPage(page)).toEqual([]);
  });

  it('breaks no rule meanwhile', () => {
    expect(world.offences).toEqual([]);
  });
});
