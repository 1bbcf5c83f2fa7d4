import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@cleanroom/testing';
import { startChild, type Child } from '../src/child.js';
import { restartedChild } from '../src/restarted-child.js';

describe('a process that is to be restarted', () => {
  let folder: string;
  let started: Child[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cleanroom-restarted-'));
    started = [];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const start = (script: string): Child => {
    writeFileSync(join(folder, 'program.mjs'), script);
    const plan = {
      ...{ name: 'program', script: join(folder, 'program.mjs'), nodeFlags: [], env: {} },
      ...{ readyUrl: undefined, logFile: join(folder, 'program.log') },
    };
    return restartedChild(plan, (given) => {
      const child = startChild(given);
      started.push(child);
      return child;
    });
  };

  it('lives again after it was killed, and no more once it was stopped', async () => {
    const child = start(`process.send('ready'); setInterval(() => undefined, 1_000);`);
    await child.ready(60_000);
    const first = child.pid;
    process.kill(first, 'SIGKILL');
    await eventually(() => child.pid !== first);
    await started[1]?.ready(60_000);
    await child.stop(5_000);
    expect(await child.ended).toBe('ended by SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(started).toHaveLength(2);
  });

  it('is not started again where it never came to be ready', async () => {
    const child = start(`process.exitCode = 3;`);
    await expect(child.ready(60_000)).rejects.toThrow('program ended with code 3');
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(started).toHaveLength(1);
  });
});
