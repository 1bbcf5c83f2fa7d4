import { eventually } from './eventually.js';
import type { TestInstallation } from './installation.js';
import { serviceNames, type ServiceProcess } from '../src/service-names.js';
import { whileItHangs } from './while-it-hangs.js';

/** Each part of the fleet page, and whose it is. */
const PARTS: Record<string, { service: ServiceProcess; field: string }> = {
  staticIp: { service: 'identity', field: 'staticIp { address }' },
  identity: { service: 'identity', field: 'identity { subject }' },
  firewall: { service: 'firewall', field: 'firewall { protected policies { name } }' },
  currentJob: { service: 'scheduling', field: 'currentJob { gitlabJobId }' },
  costToDate: { service: 'billing', field: 'costToDate { amount currency }' },
};
const fields = Object.values(PARTS).map(({ field }) => field);
const FLEET = `query Fleet { runners(first: 100) { nodes { id name state ${fields.join(' ')} } } }`;

/** A question to each service, which the answers of the others do not depend on. */
const ROOTS: Record<string, ServiceProcess> = {
  viewer: 'identity',
  staticIps: 'identity',
  runnerPools: 'provisioning',
  firewallPolicies: 'firewall',
  schedules: 'scheduling',
  jobs: 'scheduling',
  costReport: 'billing',
};
const OVERVIEW = `query Overview { viewer { name } staticIps { location } runnerPools(first: 1) { totalCount }
  firewallPolicies(first: 1) { totalCount } schedules(first: 1) { totalCount } jobs(first: 1) { totalCount }
  costReport(from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z") { estimated } }`;

interface Page {
  data: (Record<string, unknown> & { runners: { nodes: Record<string, unknown>[] } | null }) | null;
  errors?: { path: (string | number)[]; extensions: { code: string } }[];
}

/** What the fleet page shows while services are away. Stops all of the installation that it is tried on. */
export const partialAnswers = (running: () => TestInstallation) => () => {
  let installation: TestInstallation;

  beforeAll(async () => {
    installation = running();
    await eventually(async () => expect(missingIn(await readPage())).toEqual([]), {
      within: 90_000,
    });
  }, 360_000);

  async function readPage(query = FLEET): Promise<Page> {
    const { graphqlUrl, apiToken } = installation.demo;
    const answer = await fetch(graphqlUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${apiToken}` },
      body: JSON.stringify({ query }),
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
    const { data } = await readPage(OVERVIEW);
    // Where no service answers at all, the gateway gives no data instead of nothing but nulls.
    const lostRoots = Object.keys(ROOTS).filter((root) => (data?.[root] ?? null) === null);
    expect(lostRoots).toEqual(Object.keys(ROOTS).filter((root) => away.includes(ROOTS[root]!)));
    const startedAt = performance.now();
    const page = await readPage();
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(page.errors?.map(({ extensions }) => extensions.code)).toContain('SERVICE_UNAVAILABLE');
    if (away.includes('provisioning')) return expect(missingIn(page)).toEqual(['runners']);
    const lost = Object.keys(PARTS).filter((part) => away.includes(PARTS[part]?.service ?? 'provisioning'));
    expect(missingIn(page).sort()).toEqual(lost.sort());
    const { nodes = [] } = page.data?.runners ?? {};
    // Others of the installation's tests have pools of their own, whose runners may be on their way out.
    expect(nodes.filter(({ name }) => String(name).startsWith('linux-'))).toHaveLength(4);
    for (const runner of nodes) for (const part of lost) expect(runner[part]).toBeNull();
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
