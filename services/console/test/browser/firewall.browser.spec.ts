import type { Page } from 'playwright-core';
import { auditPage, overflows } from './audit-page.js';
import { ConsoleWorld } from './console-world.js';
import { itLoadsAndFails } from './it-loads-and-fails.js';
import { onGraphql } from './on-graphql.js';
import { unavailable } from './unavailable.js';

let world: ConsoleWorld;

beforeAll(async () => {
  world = await ConsoleWorld.start();
});
afterEach(() => world?.closePages());
afterAll(() => world?.stop());

const open = (options: Parameters<ConsoleWorld['openSignedIn']>[1] = {}) =>
  world.openSignedIn('/console/firewall', { heading: 'Firewall', ...options });
const policy = (page: Page, name: string) => page.getByRole('region', { name: new RegExp(`^${name}`) });
const button = (page: Page, name: string) => page.getByRole('main').getByRole('button', { name });

describe.each(['light', 'dark'] as const)('in the %s', (colorScheme) => {
  it.each([390, 1440, 2560])('policies keep nobody out at %i pixels', async (width) => {
    const page = await open({ colorScheme, viewport: { width, height: 900 } });
    await policy(page, 'Web only').waitFor();
    expect([await auditPage(page), await overflows(page)]).toEqual([[], false]);
    await page.getByRole('link', { name: 'Edit Web only' }).click();
    await page.getByRole('group', { name: 'Outbound rule 2' }).waitFor();
    expect([await auditPage(page), await overflows(page)]).toEqual([[], false]);
  });
});

describe('the page of the firewall', () => {
  itLoadsAndFails(() => world, {
    path: () => '/console/firewall',
    query: /query Policies/,
    field: 'firewallPolicies',
    service: 'firewall',
    shown: /^TCP 80 to anywhere/,
  });

  it('says what a policy opens, and what is open besides', async () => {
    const its = policy(await open(), 'Web only');
    await its.getByText('TCP 443 to anywhere HTTPS').waitFor();
    await its.getByText('UDP 53 and TCP 53 to anywhere: DNS').waitFor();
    await its.getByText('Nothing gets in.').waitFor();
    await its.getByText(/^Seen in force, as it says, on every machine/).waitFor();
  });

  it('says how to begin where there is none', async () => {
    const page = await open({ token: world.installation.demo.otherOrgToken });
    await page.getByRole('heading', { name: 'No policy yet' }).waitFor();
    await page.getByRole('link', { name: 'New policy' }).waitFor();
    expect(await auditPage(page)).toEqual([]);
  });

  it('shows the rest where the service of the pools does not answer', async () => {
    const page = await world.open('/console/firewall');
    await onGraphql(page, /query Policies/, async (route) => {
      const { data } = JSON.parse(await (await route.fetch()).text()) as Policies;
      const nodes = data.firewallPolicies.nodes.map((node) => ({ ...node, pools: [null] }));
      const errors = nodes.map((_, index) =>
        unavailable('firewallPolicies', 'nodes', index, 'pools', 0, 'name'),
      );
      await route.fulfill({
        json: { data: { firewallPolicies: { ...data.firewallPolicies, nodes } }, errors },
      });
    });
    await world.signIn(page, world.installation.demo.apiToken);
    const its = policy(page, 'Web only');
    await its.getByText('The provisioning service does not answer at the moment.').waitFor();
    await its.getByText('TCP 443 to anywhere HTTPS').waitFor();
    expect(await its.getByRole('button', { name: 'Give it' }).count()).toBe(0);
    expect(await auditPage(page)).toEqual([]);
  });
});

describe('what somebody changes at Hetzner', () => {
  it('comes first, and says so', async () => {
    const page = await world.open('/console/firewall');
    await onGraphql(page, /query Policies/, async (route) => {
      const { data } = JSON.parse(await (await route.fetch()).text()) as Policies;
      const [first = {}] = data.firewallPolicies.nodes;
      const nodes = [
        first,
        { ...first, id: 'fwp_2', name: 'Changed', status: 'DRIFTED', driftedAt: LONG_AGO },
      ];
      await route.fulfill({ json: { data: { firewallPolicies: { ...data.firewallPolicies, nodes } } } });
    });
    await world.signIn(page, world.installation.demo.apiToken);
    await page.getByText('1 policy was changed at Hetzner.').waitFor();
    expect((await page.getByRole('heading', { level: 2 }).allInnerTexts())[0]).toBe('Changed Drifted');
    await page.getByText(/^Someone changed this at Hetzner .* ago; it is being put back\.$/).waitFor();
    expect(await auditPage(page)).toEqual([]);
  });

  it('is seen, and put back', async () => {
    const page = await open();
    await openEverythingAtHetzner();
    await policy(page, 'Web only')
      .getByText(
        /(Someone had changed it at Hetzner .* ago; it was put back|Someone changed this at Hetzner)/,
      )
      .waitFor({ timeout: 90_000 });
  });
});

describe('a policy', () => {
  it('is made once what was refused is put right, at its fields, and changed', async () => {
    const page = await open();
    await page.getByRole('link', { name: 'New policy' }).click();
    await page.getByLabel('Name').fill('Web only');
    await page.getByLabel('Ports').fill('http');
    await page.getByLabel('To', { exact: true }).fill('10.0.0.1/8');
    await button(page, 'Add an inbound rule').click();
    const inbound = page.getByRole('group', { name: 'Inbound rule 1' });
    await inbound.getByLabel('Ports').fill('22');
    await inbound.getByLabel('From').fill('0.0.0.0/0');
    await button(page, 'Create the policy').click();
    await page.getByText(/^Ports are one port such as 443/).waitFor();
    await page.getByText(/^10\.0\.0\.1\/8 is an address within a block/).waitFor();
    await inbound.getByText('Port 22 is never opened.').waitFor();
    await inbound.getByText('Inbound rules are never open to everybody.').waitFor();
    expect(await page.evaluate('document.activeElement.name')).toBe('input.outbound.0.ports');
    expect(await auditPage(page)).toEqual([]);
    await page.getByRole('button', { name: 'Remove inbound rule 1' }).click();
    await page.getByLabel('Ports').fill('5432');
    await page.getByLabel('To', { exact: true }).fill('10.0.0.0/8');
    await page.keyboard.press('Enter');
    await page.getByText('A policy named "Web only" exists.').waitFor();
    await page.getByLabel('Name').fill('Database');
    await page.keyboard.press('Enter');
    await policy(page, 'Database').getByText('TCP 5432 to 10.0.0.0/8').waitFor();
    await page.getByRole('link', { name: 'Edit Database' }).click();
    await page.getByLabel('Ports').fill('5432-5433');
    await page.keyboard.press('Enter');
    await policy(page, 'Database').getByText('TCP 5432-5433 to 10.0.0.0/8').waitFor();
  });

  it('is given to a pool, kept while the pool has it, taken off and deleted', async () => {
    const page = await open();
    const its = policy(page, 'Database');
    await its.getByRole('button', { name: 'Give it Database' }).click();
    await its.getByRole('link', { name: 'linux' }).waitFor();
    await its.getByRole('button', { name: 'Delete Database' }).click();
    await button(page, 'Delete the policy').click();
    await page
      .getByRole('dialog')
      .getByText(/have this policy\. Unassign it first\.$/)
      .waitFor();
    expect(await auditPage(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await its.getByRole('button', { name: 'Take off Database of linux' }).click();
    await its.getByText('No pool has it.').first().waitFor();
    await its.getByRole('button', { name: 'Delete Database' }).click();
    await button(page, 'Delete the policy').click();
    await its.waitFor({ state: 'detached' });
  });

  it('is only looked at by a VIEWER', async () => {
    const page = await open({ token: world.installation.demo.viewerToken });
    await policy(page, 'Web only').waitFor();
    expect(await page.getByRole('main').locator('button, .page-actions a').count()).toBe(0);
    const heading = 'There is no such page for your role';
    await world.openSignedIn('/console/firewall/new', {
      token: world.installation.demo.viewerToken,
      heading,
    });
  });

  it('breaks no rule meanwhile', () => {
    expect(world.offences).toEqual([]);
  });
});

interface Policies {
  readonly data: { readonly firewallPolicies: { readonly nodes: readonly object[] } };
}

const LONG_AGO = '2026-01-01T00:00:00Z';

/** As somebody might in Hetzner's own console. */
async function openEverythingAtHetzner(): Promise<void> {
  const { hetznerUrl, hetznerToken } = world.installation.demo;
  const headers = { authorization: `Bearer ${hetznerToken}`, 'content-type': 'application/json' };
  const { firewalls } = (await (await fetch(`${hetznerUrl}/firewalls`, { headers })).json()) as {
    firewalls: { id: number; rules: { port: string | null }[] }[];
  };
  const changed = firewalls.find(({ rules }) => rules.some(({ port }) => port === '80'));
  const answer = await fetch(`${hetznerUrl}/firewalls/${changed?.id}/actions/set_rules`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ rules: [] }),
  });
  expect(answer.status).toBe(201);
}
