import { startTestInstallation, type TestInstallation } from '../installation.js';
import { deletedByHand } from '../plays/deleted-by-hand.js';
import { jobWhileDraining } from '../plays/job-while-draining.js';
import { lostDeletion } from '../plays/lost-deletion.js';
import { lostAssignment } from '../plays/lost-assignment.js';
import { sleepAndWake } from '../plays/sleep-and-wake.js';
import { soldOut } from '../plays/sold-out.js';
import { Stage } from '../plays/stage.js';
import { wrongLists } from '../plays/wrong-lists.js';

describe('what other people lost money by, further', () => {
  let installation: TestInstallation;
  let stage: Stage;

  beforeAll(async () => {
    installation = await startTestInstallation();
    stage = new Stage(installation);
    for (const id of new Set((await stage.fleet()).map(({ pool }) => pool.id)))
      await stage.change('assignSchedule(poolId: $id)', id);
    await stage.rest();
  }, 600_000);
  afterAll(() => installation?.stop(), 60_000);

  const stageOf = () => stage;
  describe('a job', jobWhileDraining(stageOf));
  describe('a job that was given away', lostAssignment(stageOf));
  describe('a list', wrongLists(stageOf));
  describe('somebody who deletes servers', deletedByHand(stageOf));
  describe('a type that is sold out', soldOut(stageOf));
  describe('a runner that sleeps and wakes', sleepAndWake(stageOf));
  describe('a deletion', lostDeletion(stageOf));
});
