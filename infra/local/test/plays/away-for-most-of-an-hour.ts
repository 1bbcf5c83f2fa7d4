import { eventually } from '../eventually.js';
import type { RestartableProcesses } from '../restartable-processes.js';
import type { Stage } from './stage.js';

const MINUTE_MS = 60_000;
const KILLED_AT_MINUTE = 5;
const AWAY_MINUTES = 50;
const LONG_JOB_SECONDS = 65 * 60;

/** All services die early in a paid hour and come back when it is nearly over. */
export const awayForMostOfAnHour = (stageOf: () => Stage, processes: RestartableProcesses) => () => {
  it('finds its machines again: the idle ones go within their hour, the busy one does its job', async () => {
    const stage = stageOf();
    const { gitlab, hetzner, system } = stage.installation;
    const minutesSince = (instant: string) =>
      (system.clock.now().getTime() - Date.parse(instant)) / MINUTE_MS;
    const long = await stage.job(LONG_JOB_SECONDS);
    const short = [await stage.job(), await stage.job()];
    await stage.succeeds(...short);
    const states = async () =>
      (await stage.fleet()).map(({ state }) => state).filter((state) => state !== 'ASLEEP');
    await eventually(async () => expect((await states()).sort()).toEqual(['BUSY', 'IDLE', 'IDLE']), {
      within: 120_000,
    });
    const servers = await hetzner.livingServers();
    const created = servers.map((server) => server.created).sort();
    await eventually(() => minutesSince(created.at(-1) ?? '') >= KILLED_AT_MINUTE, { within: 120_000 });
    await processes.killServices();
    await eventually(() => minutesSince(created[0] ?? '') >= KILLED_AT_MINUTE + AWAY_MINUTES, {
      within: 400_000,
    });
    await processes.startServices();
    await eventually(async () => (await gitlab.jobs([long]))[0]?.status === 'success', { within: 400_000 });
    const [busy] = await gitlab.jobs([long]);
    const { servers: all } = await hetzner.read();
    const lives = all.filter(({ id }) => servers.some((server) => server.id === id));
    expect(all).toHaveLength(servers.length);
    expect(lives.map(({ hoursBilled }) => hoursBilled).sort()).toEqual([1, 1, 2]);
    expect(busy?.finishedAt).toBeTruthy();
  }, 1_200_000);
};
