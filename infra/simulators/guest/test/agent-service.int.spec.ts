import { rmSync } from 'node:fs';
import { silentLog, systemClock } from '@cleanroom/kernel';
import type { Log } from '@cleanroom/kernel';
import { describeUnless } from '@cleanroom/testing';
import { AgentDisk } from '../src/agent-process/agent-disk.js';
import { serveAgent } from '../src/agent-process/agent-service.js';
import { whyNoAgent } from '../src/index.js';
import { Patience } from '../src/patience.js';

const UNIT = 'ExecStart=/opt/fails.sh\nRestart=on-failure\nRestartSec=0\n';

describeUnless(whyNoAgent(), 'an agent that is to be started again', () => {
  it('has no sandbox once its disk is gone, and the log says so to everybody', async () => {
    const disk = new AgentDisk({}, '');
    disk.write('etc/systemd/system/cleanroom-agent.service', UNIT);
    disk.write('opt/fails.sh', 'exit 3\n');
    const power = new AbortController();
    const warnings: unknown[] = [];
    const log: Log = {
      ...silentLog,
      info: () => rmSync(disk.root, { recursive: true, force: true }),
      warn: (fields) => {
        warnings.push(fields);
        power.abort();
      },
    };
    const patience = new Patience(systemClock, power.signal, silentLog);
    const served = serveAgent({ disk, patience, clock: systemClock, log, signal: power.signal });
    await expect(served).rejects.toThrow();
    expect(warnings[0]).toEqual({ line: expect.stringMatching(/^bwrap: .*No such file or directory$/) });
  });
});
