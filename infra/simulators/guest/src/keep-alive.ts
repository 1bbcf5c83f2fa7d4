import type { ControlPlane } from './control-plane.js';
import type { Machine } from './machine.js';
import { orRefused, TheEnd } from './patience.js';

const PERIOD_SECONDS = 60;
const FLOOR_MS = 200;

/** Says every minute that the machine lives, and whether it works on a job, until it is told that its generation is over. */
export async function keepAlive({ patience, log, disk }: Machine, plane: ControlPlane): Promise<never> {
  for (;;) {
    try {
      const answer = await plane.report({ event: 'ALIVE', busy: disk.job !== undefined && !disk.job.ended });
      if (answer.status >= 300) orRefused(answer);
    } catch (error) {
      if (error instanceof TheEnd) throw error;
      log.debug({ err: error }, 'nobody heard that the machine lives');
    }
    await patience.pause(PERIOD_SECONDS, FLOOR_MS);
  }
}
