import type { Log } from '@cleanroom/kernel';
import { awaitRunner } from './await-runner.js';
import { ControlPlane } from './control-plane.js';
import { enrol } from './enrol.js';
import { openDisk } from './guest-disk.js';
import { logOf } from './guest-log.js';
import type { Guest, GuestOptions } from './guest-options.js';
import { keepAlive } from './keep-alive.js';
import type { Machine } from './machine.js';
import { TheEnd, Patience } from './patience.js';
import { readUserData } from './read-user-data.js';
import { Voice } from './voice.js';
import { workOn } from './work.js';

/**
 * Switches a machine on: does in this process what cloud-init, our agent and `gitlab-runner run-single`
 * would do on a real one. Returns at once and never throws; whatever goes wrong inside the guest is logged.
 */
export function startGuest(options: GuestOptions): Guest {
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
  const voice = new Voice(options.address, power.signal);
  const log = logOf(options);
  try {
    await boot(options, power, voice, log);
  } catch (error) {
    if (error instanceof TheEnd) log.info({ why: error.message }, 'the machine is done');
    else if (!power.signal.aborted) log.error({ err: error }, 'the guest came to a halt');
  } finally {
    power.abort();
    voice.close();
  }
}

async function boot(options: GuestOptions, power: AbortController, voice: Voice, log: Log): Promise<void> {
  const { clock, address, behaviour } = options;
  const patience = new Patience(clock, power.signal, log);
  if (behaviour?.bootLateSeconds) await patience.pause(behaviour.bootLateSeconds);
  const settings = readUserData(options.userData);
  if (!settings) {
    log.warn({}, 'the user data starts no agent');
    return;
  }
  const disk = openDisk(options.disk, settings.ticket);
  const machine: Machine = { address, settings, disk, voice, patience, clock, log };
  await enrol(machine);
  if (!behaviour?.dieAfterEnrol) await serve(machine, power);
}

async function serve(machine: Machine, power: AbortController): Promise<void> {
  const plane = new ControlPlane(machine);
  await awaitRunner(machine, plane);
  await together(power, workOn(machine, plane), keepAlive(machine, plane));
}

/** Waits for all; the first that fails takes the others down with it, and its error is the one that counts. */
async function together(power: AbortController, ...tasks: Promise<unknown>[]): Promise<void> {
  let first: unknown;
  const guarded = tasks.map((task) =>
    task.catch((error: unknown) => {
      first ??= error;
      power.abort();
    }),
  );
  await Promise.all(guarded);
  if (first !== undefined) throw first;
}
