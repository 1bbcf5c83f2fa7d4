import { startTestInstallation, type TestInstallation } from './installation.js';
import { lostOrder } from './plays/lost-order.js';
import { refusedDelete } from './plays/refused-delete.js';
import { Stage } from './plays/stage.js';
import { restartableProcesses } from './restartable-processes.js';

describe('what other people lost money by', () => {
  const processes = restartableProcesses();
  let installation: TestInstallation;
  let stage: Stage;

  beforeAll(async () => {
    installation = await startTestInstallation({ start: processes.start });
    stage = new Stage(installation);
  }, 300_000);
  afterAll(() => installation?.stop(), 60_000);

  describe(
    'an order',
    lostOrder(() => stage, processes),
  );
  describe(
    'a deletion',
    refusedDelete(() => stage),
  );
});
