import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild, type ChildPlan } from '../../src/child.js';
import { serviceNames } from '../../src/service-names.js';
import { ImageBuild } from '../image-build.js';
import { startTestInstallation, type TestInstallation } from '../installation.js';
import { noJobIsLost } from '../invariants.js';

const programs: readonly string[] = [...serviceNames, 'gateway'];

describe('services and gateway as the Dockerfile makes their images of a clean copy, with no workspace around', () => {
  let folder: string;
  let installation: TestInstallation;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cleanroom-images-'));
    const build = new ImageBuild(folder);
    const images = new Map<string, string>();
    for (const name of programs) images.set(name, await build.image(name));
    const start = (plan: ChildPlan) => {
      const image = images.get(plan.name);
      return startChild(image ? { ...plan, script: join(image, 'dist/service.mjs') } : plan);
    };
    installation = await startTestInstallation({ start });
  }, 1_500_000);
  afterAll(async () => {
    await installation?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 90_000);

  it('run a job on a machine of their own', async () => {
    const jobIds = await installation.gitlab.queueJobs({ seconds: 30 });
    await noJobIsLost(installation, jobIds, 240_000);
  }, 300_000);
});
