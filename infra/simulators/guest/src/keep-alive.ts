import type { ControlPlane } from './control-plane.js';
import type { Machine } from './machine.js';
import { GenerationOver } from './patience.js';

const PERIOD_SECONDS = 60;
const FLOOR_MS = 200;

/** Says every minute that the machine lives, until it is told that its generation is over. */
export async function keepAlive({ patience, log }: Machine, plane: ControlPlane): Promise<never> {
  for (;;) {
    await patience.pause(PERIOD_SECONDS, FLOOR_MS);
    try {
      await plane.ask('POST', '/machine/v1/report', { event: 'alive' });
    } catch (error) {
      if (error instanceof GenerationOver) throw error;
      log.debug({ err: error }, 'nobody heard that the machine lives');
    }
  }
}
