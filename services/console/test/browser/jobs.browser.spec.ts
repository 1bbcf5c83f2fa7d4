import type { Route } from 'playwright-core';
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
  world.openSignedIn('/console/jobs', { heading: 'Jobs', ...options });

describe('the page of the jobs', () => {
  it('says so where there is none', async () => {
    const page = await open({ token: world.installation.demo.otherOrgToken });
    await page.getByText('0 wait, 0 run.').waitFor();
    await page.getByText('None. Every job has its runner.').waitFor();
    expect(await auditPage(page)).toEqual([]);
  });

  it('says why a job waits, and where another one runs', async () => {
    await world.queueJob(['gpu'], 'train:nightly');
    await world.queueJob(['linux'], 'build', 3_600);
    const page = await open();
    const job = page.getByRole('listitem').filter({ hasText: 'train:nightly' });
    await job.getByText(/No pool .* gpu/).waitFor({ timeout: 60_000 });
    const atGitLab = job.getByRole('link', { name: 'train:nightly at GitLab, in a new tab' });
    expect(await atGitLab.getAttribute('href')).toMatch(
      new RegExp(`^${world.installation.demo.gitlabUrl}/acme/web/-/jobs/\\d+$`),
    );
    await page.getByText('1 waits, 1 runs.').waitFor({ timeout: 60_000 });
    await page
      .getByRole('row', { name: /^build/ })
      .getByRole('link', { name: /^linux-\d$/ })
      .click();
    await page.getByRole('heading', { name: /^linux-\d$/, level: 1 }).waitFor();
    const current = page.getByRole('region', { name: 'Current job' });
    const itsPage = current.getByRole('link', { name: 'build at GitLab, in a new tab' });
    expect(await itsPage.getAttribute('rel')).toBe('noopener noreferrer');
    expect(await auditPage(page)).toEqual([]);
  });

  it('shows a frame while it loads', async () => {
    const page = await world.open('/console/jobs');
    let answer = () => undefined as void;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await onGraphql(page, /query RunningJobs/, (route) => held.then(() => route.continue()));
    await world.signIn(page, world.installation.demo.apiToken);
    await page.locator('.skeleton').waitFor();
    answer();
    await page.getByRole('heading', { name: 'Waiting, longest first' }).waitFor();
  });

  it('says what could not be read, and tries again', async () => {
    const page = await world.open('/console/jobs');
    let isBroken = true;
    const answer = { data: { jobs: null }, errors: [unavailable('jobs')] };
    await onGraphql(page, /query (Running|Waiting)Jobs/, (route) =>
      isBroken ? route.fulfill({ json: answer }) : route.continue(),
    );
    await world.signIn(page, world.installation.demo.apiToken);
    await page.getByText('The scheduling service does not answer at the moment.').waitFor();
    expect(await auditPage(page)).toEqual([]);
    isBroken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Waiting, longest first' }).waitFor();
  });

  it('shows the rest where the service of the runners does not answer', async () => {
    const page = await world.open('/console/jobs');
    await onGraphql(page, /query RunningJobs/, withoutRunners);
    await world.signIn(page, world.installation.demo.apiToken);
    await page.getByText(/^The provisioning service does not answer at the moment\. What/).waitFor();
    await page.getByRole('row', { name: /^build/ }).waitFor();
  });
});

describe.each(['light', 'dark'] as const)('in the %s', (colorScheme) => {
  it.each([390, 1440, 2560])('jobs keep nobody out at %i pixels', async (width) => {
    const page = await open({ colorScheme, viewport: { width, height: 900 } });
    await page.getByRole('row', { name: /^build/ }).waitFor();
    expect([await auditPage(page), await overflows(page)]).toEqual([[], false]);
  });

  it('breaks no rule meanwhile', () => {
    expect(world.offences).toEqual([]);
  });
});

async function withoutRunners(route: Route): Promise<void> {
  const response = await route.fetch();
  const { data } = (await response.json()) as { data: { jobs: { nodes: object[] } } };
  const nodes = data.jobs.nodes.map((job) => ({ ...job, runner: null }));
  const errors = nodes.map((_, index) => unavailable('jobs', 'nodes', index, 'runner'));
  await route.fulfill({ json: { data: { jobs: { ...data.jobs, nodes } }, errors } });
}
