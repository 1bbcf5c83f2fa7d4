import { belongsTo } from './belongs-to.js';
import { eventually } from './eventually.js';
import { readFleet } from './fleet.js';
import type { BilledLife } from './hetzner-ledger.js';
import type { TestInstallation } from './installation.js';
import { hoursOf, unmetered } from './meters.js';

const micro = (amount: string): number => Math.round(Number(amount) * 1_000_000);

/** Waits until these jobs have all been done. */
export const noJobIsLost = (
  { gitlab }: TestInstallation,
  jobIds: readonly number[],
  within: number,
): Promise<void> =>
  eventually(
    async () => expect((await gitlab.jobs(jobIds)).filter(({ status }) => status !== 'success')).toEqual([]),
    { within, every: 500 },
  );

/**
 * Whether a runner ever had two servers at a time, or a GitLab runner took two jobs.
 *
 * @param lost jobs that GitLab gave away and that never arrived, so that another one may have followed
 */
export async function nothingWasDouble(
  { hetzner, gitlab }: TestInstallation,
  lost: readonly number[] = [],
): Promise<void> {
  const { servers } = await hetzner.read();
  // By their names, which end with the attempt: labels may have been stripped.
  const byRunner = Map.groupBy(servers, ({ name }) => name.replace(/-\d+$/, ''));
  expect([...byRunner.values()].flatMap(overlapping)).toEqual([]);
  const { runners } = await gitlab.read();
  const taken = runners.map(({ jobIds }) => jobIds.filter((id) => !lost.includes(id)));
  expect(taken.filter(({ length }) => length > 1)).toEqual([]);
}

function overlapping(lives: readonly BilledLife[]): string[] {
  const inOrder = [...lives].sort((a, b) => a.created.localeCompare(b.created));
  return inOrder
    .filter((life, i) => i > 0 && (inOrder[i - 1]?.deleted ?? '9999') > life.created)
    .map(({ name }) => name);
}

/**
 * Waits until what lives at Hetzner and GitLab belongs to somebody: servers and GitLab runners to machines that are awake,
 * the latter one by one by their marks, and addresses to runners, one each.
 */
export const nothingIsOrphaned = ({ ask, hetzner, gitlab }: TestInstallation): Promise<void> =>
  eventually(
    async () => {
      const fleet = await readFleet(ask);
      const awake = fleet.flatMap(({ id, machine }) => (machine ? [{ id, machine }] : []));
      const servers = (await hetzner.livingServers()).map(({ labels }) => labels['cleanroom-machine']);
      expect(servers.filter((id) => !awake.some(({ machine }) => machine.id === id))).toEqual([]);
      const marks = (await gitlab.livingRunners()).map(({ maintenanceNote }) => maintenanceNote ?? '');
      const generations = awake.map(({ machine }) => `:${machine.id}:${machine.generation}`);
      expect(marks.filter((mark) => !generations.some((one) => mark.endsWith(one)))).toEqual([]);
      expect(new Set(marks).size).toBe(marks.length);
      const leased = (await hetzner.livingIps()).map(({ labels, address }) => [
        labels['cleanroom-runner'],
        address,
      ]);
      expect(leased.sort()).toEqual(fleet.map(({ id, staticIp }) => [id, staticIp?.address]).sort());
    },
    // Sweeps believe their eyes the second time only, some minutes of the installation's clock apart.
    { within: 180_000, every: 500 },
  );

/** Whether Hetzner or GitLab did something whose answer was lost, each of these by its official name. */
export async function answersWereLost(
  { hetzner, gitlab }: TestInstallation,
  operations: readonly string[],
): Promise<void> {
  const calls = [...(await hetzner.read()).calls, ...(await gitlab.read()).calls];
  const lost = calls.filter(({ fault }) => fault === 'lose_answer').map(({ operation }) => operation);
  expect(operations.filter((operation) => !lost.includes(operation))).toEqual([]);
}

/**
 * Waits until billing has a meter for each server and address that Hetzner ever billed, also of pools that are gone, with
 * as many started hours; and until each runner's cost is what Hetzner bills for it, but for the ends that only estimates tell.
 */
export const metersEqualTheLedger = (installation: TestInstallation): Promise<void> =>
  eventually(
    async () => {
      const { ask, hetzner } = installation;
      expect(await unmetered(installation)).toEqual([]);
      const hours = await hoursOf(installation);
      const { servers, primaryIps } = await hetzner.read();
      for (const { id, costToDate } of await readFleet(ask)) {
        const own = [...servers, ...primaryIps].filter(belongsTo(id));
        const micros = own.reduce((sum, life) => sum + hours(life) * micro(life.priceHourlyNet), 0);
        expect([id, micro(costToDate?.amount ?? '0')]).toEqual([id, micros]);
      }
    },
    { within: 120_000, every: 500 },
  );
