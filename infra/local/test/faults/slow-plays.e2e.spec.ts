import { startTestInstallation, type TestInstallation } from '../installation.js';
import { awayForMostOfAnHour } from '../plays/away-for-most-of-an-hour.js';
import { neverBoots } from '../plays/never-boots.js';
import { Stage } from '../plays/stage.js';
import { restartableProcesses } from '../restartable-processes.js';

/** After the demonstration's working hours, in which a machine would be awake before the stage is set. */
const EVENING = '20:00';

/** Hours of the clock, in which a machine has its minute of real time all the same. */
describe.each([
  ['a machine that never boots', 10, neverBoots],
  ['an installation that is away', 10, awayForMostOfAnHour],
])('what other people lost money by, in the long run: %s', (_, speed, play) => {
  const processes = restartableProcesses();
  let installation: TestInstallation;
  let stage: Stage;

  beforeAll(async () => {
    installation = await startTestInstallation({ speed, timeOfDay: EVENING, start: processes.start });
    stage = new Stage(installation);
    for (const id of new Set((await stage.fleet()).map(({ pool }) => pool.id)))
      await stage.change('assignSchedule(poolId: $id)', id);
    await stage.rest();
  }, 900_000);
  afterAll(() => installation?.stop(), 60_000);

  describe(
    'it',
    play(() => stage, processes),
  );
});
