import { readFigures } from '@cleanroom/testing';
import { eventually } from './eventually.js';
import { readFleet, type RunnerFacts } from './fleet.js';
import type { TestInstallation } from './installation.js';
import { whileItHangs } from './while-it-hangs.js';

/** A machine may be silent for a minute of real time at least, which is half an hour of these installations' clock. */
const LONGER_THAN_SILENCE_MINUTES = 32;

const endOf = ({ machine }: RunnerFacts) => Date.parse(machine?.paidUntil ?? '') || 0;

/** What becomes of an idle machine of an installation whose gateway hangs for longer than a machine may be silent. */
export const gatewayOutage = (installationOf: () => TestInstallation) => () => {
  const fleet = () => readFleet(installationOf().ask);
  const minutesPass = (minutes: number) => {
    const { clock } = installationOf().system;
    const then = clock.now().getTime() + minutes * 60_000;
    return eventually(() => clock.now().getTime() > then, { within: 180_000 });
  };
  const isOriginUnreachable = async () => {
    const { system, demo } = installationOf();
    const url = `http://127.0.0.1:${system.ports.provisioning}`;
    const figures = await readFigures(url, 'cleanroom_origin_unreachable', 'origin');
    return figures[new URL(demo.graphqlUrl).origin];
  };

  it('replaces no machine that only cannot be heard', async () => {
    // The machine of the job before may still be busy, or be rebuilt.
    const latest = await eventually(async () => {
      const idle = (await fleet()).filter(({ state }) => state === 'IDLE');
      return idle.sort((a, b) => endOf(b) - endOf(a))[0] ?? false;
    });
    if (!latest.machine) throw new Error('an idle runner has no machine');
    const { id, generation } = latest.machine;
    await whileItHangs(installationOf(), 'gateway', async () => {
      await eventually(async () => expect(await isOriginUnreachable()).toBe(1));
      await minutesPass(LONGER_THAN_SILENCE_MINUTES);
    });
    await eventually(async () => expect(await isOriginUnreachable()).toBe(0));
    await minutesPass(1);
    const found = (await fleet()).find((runner) => runner.id === latest.id);
    expect(found).toMatchObject({ state: 'IDLE', machine: { id, generation } });
  }, 270_000);
};
