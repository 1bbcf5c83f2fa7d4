import { readFileSync } from 'node:fs';
import { eventually } from '@cleanroom/testing';
import type { Page } from 'playwright-core';
import { auditPage, overflows } from './audit-page.js';
import { ConsoleWorld } from './console-world.js';
import { onGraphql } from './on-graphql.js';
import { unreachedByTab } from './unreached-by-tab.js';

const IDS = `{
  runners(first: 1) { nodes { id } }
  runnerPools(first: 1) { nodes { id gitlab { id } hetznerProject { id } } }
  schedules(first: 1) { nodes { id } }
  firewallPolicies(first: 1) { nodes { id } }
}`;

/** Every page behind the sign-in, by the path that the router knows it by, with its heading. */
const PAGES = {
  '/': /^Fleet$/,
  '/runners/$runnerId': /^linux-\d$/,
  '/pools/new': /^New pool$/,
  '/pools/$poolId': /^linux$/,
  '/pools/$poolId/edit': /^Edit linux$/,
  '/jobs': /^Jobs$/,
  '/cost': /^Cost$/,
  '/schedules': /^Office hours$/,
  '/schedules/new': /^New schedule$/,
  '/schedules/$scheduleId/edit': /^Edit Office hours$/,
  '/set-up': /^Set up$/,
  '/connections': /^Connections$/,
  '/firewall': /^Firewall$/,
  '/firewall/new': /^New policy$/,
  '/firewall/$policyId/edit': /^Edit Web only$/,
  '/static-ips': /^Static IPs$/,
  '/tokens': /^API tokens$/,
  '/audit': /^Audit log$/,
} as const;
/** Of which a phone shows less at once. */
const LIST = '/?view=list';
const ROUTER = new URL('../../src/router.tsx', import.meta.url);

/** As people call things, who do not think of phones. */
const LONG_NAME = 'deploy-production-for-the-mobile-applications';
const WITH_LONG_NAMES = `mutation($pool: CreateRunnerPoolInput!, $name: String!) {
  createRunnerPool(input: $pool) { userErrors { message } }
  createApiToken(name: $name, role: VIEWER) { userErrors { message } }
}`;

/** Of what a browser loads before it shows the fleet, fonts left out. */
const MOST_BYTES = 160_000;

/** Notes the squares that glow around seats: nothing else is painted so faintly. */
const COUNT_GLOWS = `{
  globalThis.glows = 0;
  const { fillRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillRect = function (...square) {
    if (this.globalAlpha < 0.3) globalThis.glows++;
    return fillRect.apply(this, square);
  };
}`;

interface Found {
  readonly id: string;
  readonly gitlab?: { readonly id: string };
  readonly hetznerProject?: { readonly id: string };
}

/** Whether the link of the page that is shown is among those that a narrow window has room for. */
const CURRENT_IS_SEEN = `[...document.querySelectorAll('.pages [aria-current="page"]')].every((link) => {
  const { left, right } = link.getBoundingClientRect();
  return left >= 0 && right <= innerWidth;
})`;

let world: ConsoleWorld;
let ids: Readonly<Record<string, string | undefined>>;

beforeAll(async () => {
  world = await ConsoleWorld.start();
  const found = await world.installation.ask<Record<string, { nodes: Found[] }>>(IDS);
  const first = (field: string) => found[field]?.nodes[0]?.id;
  ids = {
    $runnerId: first('runners'),
    $poolId: first('runnerPools'),
    $scheduleId: first('schedules'),
    $policyId: first('firewallPolicies'),
  };
  const pool = {
    name: LONG_NAME,
    gitlabConnectionId: found.runnerPools?.nodes[0]?.gitlab?.id,
    hetznerProjectId: found.runnerPools?.nodes[0]?.hetznerProject?.id,
    scope: { kind: 'GROUP', fullPath: 'acme' },
    ...{ tags: ['deploy'], serverTypes: ['cx23'], locations: ['fsn1'], size: 1 },
  };
  await world.installation.ask(WITH_LONG_NAMES, { pool, name: LONG_NAME });
});
afterEach(() => world?.closePages());
afterAll(() => world?.stop());

const goTo = async (page: Page, path: string, heading: RegExp) => {
  const known = path.replace(/\$\w+/, (name) => ids[name] ?? '');
  await page.goto(`${world.line.url}/console${known}`);
  await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
  // Cards of a page are read one by one: what comes late is to be tried, too.
  await page.waitForLoadState('networkidle');
  await page.locator('.skeleton').first().waitFor({ state: 'detached' });
};

describe('every page', () => {
  it('is among those that are tried here', () => {
    const paths = [...readFileSync(ROUTER, 'utf8').matchAll(/\bpath: '([^']+)'/g)].map(([, path]) => path);
    expect(paths.filter((path) => path !== '/sign-in').toSorted()).toEqual(Object.keys(PAGES).toSorted());
  });

  describe.each(['light', 'dark'] as const)('in the %s', (colorScheme) => {
    it.each([390, 1440])(
      'keeps nobody out and has one heading and a title of its own, at %i pixels',
      async (width) => {
        const page = await world.openSignedIn('/console/', { colorScheme, viewport: { width, height: 900 } });
        const titles = new Set<string>();
        for (const [path, heading] of Object.entries(PAGES)) {
          await goTo(page, path, heading);
          expect([path, await auditPage(page), await overflows(page)]).toEqual([path, [], false]);
          expect([path, await page.getByRole('heading', { level: 1 }).count()]).toEqual([path, 1]);
          expect([path, await page.evaluate(CURRENT_IS_SEEN)]).toEqual([path, true]);
          titles.add(await page.title());
        }
        expect(titles.size).toBe(Object.keys(PAGES).length);
        await goTo(page, LIST, PAGES['/']);
        await page.getByRole('link', { name: `${LONG_NAME}-1` }).waitFor();
        expect([await auditPage(page), await overflows(page)]).toEqual([[], false]);
      },
    );
  });

  it('can be gone through with the keyboard alone, and shows where one is', async () => {
    const page = await world.openSignedIn();
    for (const [path, heading] of Object.entries(PAGES)) {
      await goTo(page, path, heading);
      expect([path, await unreachedByTab(page)]).toEqual([path, []]);
    }
  });
});

describe('who wants less motion', () => {
  it('sees nothing that moves while a page loads', async () => {
    const moving = async (reducedMotion: 'reduce' | 'no-preference') => {
      const page = await world.open('/console/jobs', { reducedMotion });
      await onGraphql(page, /query RunningJobs/, () => new Promise(() => undefined));
      await world.signIn(page, world.installation.demo.apiToken);
      await page.locator('.skeleton').waitFor();
      return page.evaluate<number>('document.getAnimations().length');
    };
    expect(await moving('no-preference')).toBeGreaterThan(0);
    expect(await moving('reduce')).toBe(0);
  });

  it('sees seats change without a glow', async () => {
    const open = async (reducedMotion: 'reduce' | 'no-preference') => {
      const page = await world.open('/console/sign-in', { reducedMotion });
      await page.addInitScript(COUNT_GLOWS);
      await page.reload();
      await world.signIn(page, world.installation.demo.apiToken);
      await page.getByText('Live', { exact: true }).waitFor();
      return page;
    };
    const [calm, lively] = [await open('reduce'), await open('no-preference')];
    await world.queueJob(['linux']);
    await eventually(async () => {
      await lively.bringToFront();
      expect(await lively.evaluate('glows')).toBeGreaterThan(0);
    });
    await calm.bringToFront();
    await calm.getByRole('img', { name: /^4 runners of linux: (?!4 asleep)/ }).waitFor({ timeout: 60_000 });
    expect(await calm.evaluate('glows')).toBe(0);
  });
});

describe('the first load', () => {
  it('is small', async () => {
    // Nothing of the console is in this browser yet.
    const page = await world.open('/console/config.json');
    const sizes = new Map<string, number>();
    page.on('response', (response) => {
      const isAsset = response.url().includes('/console/') && !response.url().endsWith('.woff2');
      if (isAsset) sizes.set(response.url(), Number(response.headers()['content-length'] ?? 0));
    });
    await page.goto(`${world.line.url}/console/`);
    await world.signIn(page, world.installation.demo.apiToken);
    await page.getByRole('img', { name: /^4 runners of linux/ }).waitFor();
    const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    // Where it were next to nothing, the wrong thing would be counted.
    expect(bytes).toBeGreaterThan(MOST_BYTES / 2);
    expect(bytes).toBeLessThan(MOST_BYTES);
  });

  it('asks nothing of others, as no page did', () => {
    expect(world.offences).toEqual([]);
  });
});
