import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Clock, Log } from '@cleanroom/kernel';
import type { Patience } from '../patience.js';
import type { AgentDisk } from './agent-disk.js';
import { isOfBubblewrap, spawnInSandbox } from './sandbox.js';

const UNIT = 'etc/systemd/system/cleanroom-agent.service';
/** Lines of the agent that are kept for the log; it says little. */
const LONGEST_LINE = 500;

interface Surroundings {
  readonly disk: AgentDisk;
  readonly patience: Patience;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * What systemd does with the agent's unit: starts `ExecStart`, and again where it failed and the unit says so. Returns
 * when the agent has ended well.
 *
 * @throws Error where the unit names no program; an AbortError when the power is cut
 */
export async function serveAgent(given: Surroundings): Promise<void> {
  const unit = given.disk.read(UNIT);
  const setting = (name: string): string | undefined => new RegExp(`^${name}=(.+)$`, 'm').exec(unit)?.[1];
  const program = setting('ExecStart');
  if (!program) throw new Error('the unit of the agent starts nothing');
  for (;;) {
    const code = await runOnce(given, program);
    given.log.info({ code }, 'the agent ended');
    if (code === 0 || setting('Restart') !== 'on-failure') return;
    await given.patience.pause(Number(setting('RestartSec') ?? 0));
  }
}

async function runOnce({ disk, clock, log, signal }: Surroundings, program: string): Promise<number | null> {
  signal.throwIfAborted();
  const words = ['sh', join(disk.root, program)];
  const child = spawnInSandbox(disk.root, environmentOf(disk.root, clock.factor), words);
  const cut = (): void => killGroup(child);
  signal.addEventListener('abort', cut, { once: true });
  for (const input of [child.stdout, child.stderr])
    createInterface({ input }).on('line', (line) => hear(log, line));
  try {
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  } finally {
    signal.removeEventListener('abort', cut);
    killGroup(child);
  }
}

/** Nothing of the simulator's own environment. The periods are of the product's clock; its floors are real seconds. */
const environmentOf = (root: string, factor: number): Record<string, string> => ({
  CLEANROOM_ROOT: root,
  CLEANROOM_TICK: String(Math.max(0.1, 1 / factor)),
  CLEANROOM_RETRY_AFTER: String(Math.max(0.2, 5 / factor)),
  CLEANROOM_GIVE_UP_AFTER: String(Math.max(60, Math.round(600 / factor))),
  CLEANROOM_ALIVE_EVERY: String(Math.max(1, Math.round(60 / factor))),
  CLEANROOM_TOKENS_EVERY: String(Math.max(2, Math.round(120 / factor))),
});

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody of the group is left.
  }
}

/** What the agent says matters to who looks for it; that it has no sandbox, to everybody. */
function hear(log: Log, line: string): void {
  const fields = { line: line.slice(0, LONGEST_LINE) };
  if (isOfBubblewrap(line)) log.warn(fields, 'no sandbox could be made for the agent');
  else if (line !== '') log.debug(fields, 'the agent said');
}
