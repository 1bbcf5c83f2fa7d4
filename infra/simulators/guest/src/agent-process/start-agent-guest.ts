import type { Log } from '@cleanroom/kernel';
import { logOf } from '../guest-log.js';
import type { Guest, GuestOptions } from '../guest-options.js';
import { Patience } from '../patience.js';
import { readCloudConfig } from '../read-cloud-config.js';
import { AgentDisk } from './agent-disk.js';
import { serveAgent } from './agent-service.js';
import { firstBoot, WANTED } from './first-boot.js';
import { startRunnerStandIn } from './runner-stand-in.js';
import { GUARD_LOADED, putStandIns } from './stand-ins.js';

/**
 * Switches a machine on whose agent is the real one: the scripts that the user data brings run as processes in a folder
 * of their own, with stand-ins for gitlab-runner, nft and systemd. Needs curl, openssl and bubblewrap. Returns at once and
 * never throws.
 */
export function startAgentGuest(options: GuestOptions): Guest {
  const power = new AbortController();
  const life = options.behaviour?.neverBoot ? Promise.resolve() : live(options, power);
  return {
    stop: async () => {
      power.abort();
      await life;
    },
  };
}

async function live(options: GuestOptions, power: AbortController): Promise<void> {
  const log = logOf(options);
  try {
    await boot(options, power, log);
  } catch (error) {
    if (!power.signal.aborted) log.error({ err: error }, 'the guest came to a halt');
  }
}

async function boot(options: GuestOptions, power: AbortController, log: Log): Promise<void> {
  const { clock, userData, behaviour } = options;
  const { signal } = power;
  const patience = new Patience(clock, signal, log);
  if (behaviour?.bootLateSeconds) await patience.pause(behaviour.bootLateSeconds);
  const config = readCloudConfig(userData);
  if (!config) return log.warn({}, 'the user data starts no agent');
  const disk = new AgentDisk(options.disk, userData);
  try {
    if (disk.isFresh) firstBoot(disk, userData, config, log);
    if (behaviour?.dieAfterEnrol) void dieOnceEnrolled(disk, patience, power);
    await startUnits(options, disk, patience, signal, log);
  } finally {
    disk.close();
  }
}

/** Cuts the power as soon as the agent holds a credential. */
async function dieOnceEnrolled(disk: AgentDisk, patience: Patience, power: AbortController): Promise<void> {
  try {
    while (!disk.list('var/lib/cleanroom').includes('credential')) await patience.pause(0);
  } catch {
    // Somebody else cut the power.
  }
  power.abort();
}

async function startUnits(
  { address, clock }: GuestOptions,
  disk: AgentDisk,
  patience: Patience,
  power: AbortSignal,
  log: Log,
): Promise<void> {
  const wanted = disk.list(WANTED);
  if (wanted.includes('cleanroom-guard.service')) disk.write(GUARD_LOADED, '');
  if (!wanted.includes('cleanroom-agent.service')) return log.warn({}, 'the user data starts no agent');
  putStandIns(disk, address);
  const runner = await startRunnerStandIn({ disk, address, clock, log, power });
  try {
    await serveAgent({ disk, patience, clock, log, signal: power });
  } finally {
    runner.closeAllConnections();
    runner.close();
  }
}
