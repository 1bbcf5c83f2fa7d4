import { eventually } from './eventually.js';
import type { TestInstallation } from './installation.js';
import { serviceNames, type ServiceProcess } from '../src/service-names.js';
import { whileItHangs } from './while-it-hangs.js';

/** Each part of a runner on the page that is another service's, and whose. */
const PARTS: Record<string, { service: ServiceProcess; field: string }> = {
  staticIp: { service: 'identity', field: 'staticIp { address }' },
  identity: { service: 'identity', field: 'identity { subject }' },
  firewall: { service: 'firewall', field: 'firewall { protected policies { name } }' },
  currentJob: { service: 'scheduling', field: 'currentJob { gitlabJobId }' },
  costToDate: { service: 'billing', field: 'costToDate { amount currency }' },
};
/** Each question of the page, and whose answer does not depend on any other service. */
const ROOTS: Record<string, { service: ServiceProcess; question: string }> = {
  viewer: { service: 'identity', question: 'viewer { name organization { name } }' },
  staticIps: { service: 'identity', question: 'staticIps { location }' },
  runnerPools: {
    service: 'provisioning',
    question: `runnerPools(first: 10) { nodes { name runners(first: 20) { nodes {
      id name state ${Object.values(PARTS)
        .map(({ field }) => field)
        .join(' ')} } } } }`,
  },
  firewallPolicies: { service: 'firewall', question: 'firewallPolicies(first: 1) { totalCount }' },
  schedules: { service: 'scheduling', question: 'schedules(first: 1) { totalCount }' },
  jobs: {
    service: 'scheduling',
    question: 'jobs(first: 20, statuses: [QUEUED]) { nodes { name waitingBecause } }',
  },
  costReport: {
    service: 'billing',
    question: 'costReport(from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z") { estimated }',
  },
};
/** Everything that a dashboard shows, in one question. */
const PAGE = `query Page { ${Object.values(ROOTS)
  .map(({ question }) => question)
  .join(' ')} }`;

interface Runner extends Record<string, unknown> {
  name: string;
}
interface Page {
  data:
    (Record<string, unknown> & { runnerPools: { nodes: { runners: { nodes: Runner[] } }[] } | null }) | null;
  errors?: { path: (string | number)[]; extensions: { code: string } }[];
}

/** A service that hangs is given up by then, and its absence told. */
const GIVEN_UP_AFTER_MS = 1_500;

/** What the page shows while services are away. Stops all of the installation that it is tried on. */
export const partialAnswers = (running: () => TestInstallation) => () => {
  let installation: TestInstallation;

  beforeAll(async () => {
    installation = running();
    await eventually(async () => expect(missingIn(await readPage())).toEqual([]), {
      within: 90_000,
    });
  }, 360_000);

  async function readPage(): Promise<Page> {
    const { graphqlUrl, apiToken } = installation.demo;
    const answer = await fetch(graphqlUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${apiToken}` },
      body: JSON.stringify({ query: PAGE }),
    });
    return (await answer.json()) as Page;
  }
  /** The parts that the page has errors for. */
  const missingIn = ({ errors = [] }: Page): string[] => [
    ...new Set(errors.map(({ path }) => String(path.find((key) => String(key) in PARTS) ?? path[0]))),
  ];

  /** Soon, that is: on a busy computer one answer or the other is late, or a service that only is slow seems to hang. */
  const expectTheRest = (...away: ServiceProcess[]): Promise<void> =>
    eventually(() => checkTheRest(away), { within: 30_000 });

  async function checkTheRest(away: readonly ServiceProcess[]): Promise<void> {
    const startedAt = performance.now();
    const page = await readPage();
    expect(performance.now() - startedAt).toBeLessThan(GIVEN_UP_AFTER_MS);
    const lostRoots = Object.keys(ROOTS).filter((root) => away.includes(ROOTS[root]!.service));
    const runners = page.data?.runnerPools?.nodes.flatMap((pool) => pool.runners.nodes) ?? [];
    const lostParts = Object.keys(PARTS).filter(
      (part) => runners.length > 0 && away.includes(PARTS[part]!.service),
    );
    // Where no service answers at all, the gateway gives no data instead of nothing but nulls.
    expect(Object.keys(ROOTS).filter((root) => (page.data?.[root] ?? null) === null)).toEqual(lostRoots);
    expect(missingIn(page).sort()).toEqual([...lostRoots, ...lostParts].sort());
    expect(new Set(page.errors?.map(({ extensions }) => extensions.code))).toEqual(
      new Set(['SERVICE_UNAVAILABLE']),
    );
    if (away.includes('provisioning')) return;
    // Others of the installation's tests have pools of their own, whose runners may be on their way out.
    expect(runners.filter(({ name }) => name.startsWith('linux-'))).toHaveLength(4);
    for (const runner of runners) for (const part of lostParts) expect(runner[part]).toBeNull();
  }

  it.each(serviceNames)(
    'shows what the others know while %s hangs, and all again afterwards',
    async (service) => {
      await whileItHangs(installation, service, async () => {
        await expectTheRest(service);
        await expectTheRest(service);
      });
      await eventually(async () => expect(missingIn(await readPage())).toEqual([]), {
        within: 45_000,
      });
    },
    150_000,
  );

  // Nothing brings back what was stopped, so the page loses one part after the other.
  it('shows what the others know, down to the last of them', async () => {
    const down: ServiceProcess[] = [];
    for (const service of ['billing', 'scheduling', 'firewall', 'identity', 'provisioning'] as const) {
      await installation.system.children.find(({ name }) => name === service)?.stop(5_000);
      down.push(service);
      await expectTheRest(...down);
    }
  }, 200_000);
};
