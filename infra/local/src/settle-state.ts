import type { StateFolder } from './state-folder.js';
import { StopWithMessage } from './stop-with-message.js';
import type { SystemOptions } from './system-options.js';

/**
 * Holds a state to what it was begun with: events under way are known to the bus that carries them only, and the demo's
 * connections lead to the simulators where they were then.
 *
 * @throws StopWithMessage where it is to be something else now
 */
export function settleState(
  folder: StateFolder,
  { bus: wanted = 'embedded', config: { portBase: base } }: Pick<SystemOptions, 'bus' | 'config'>,
): void {
  const { bus = wanted, portBase = base, apiTokens } = folder.state;
  const isBegun = apiTokens.owner !== undefined;
  if (isBegun && bus !== wanted) {
    throw new StopWithMessage(
      `The state in ${folder.path} has its events on the ${bus} bus.\n` +
        `  Go on with --bus ${bus}, or forget it: npm start -- --reset --bus ${wanted}`,
    );
  }
  if (isBegun && portBase !== base) {
    throw new StopWithMessage(
      `The state in ${folder.path} knows its simulators at the ports from ${portBase} on.\n` +
        `  Go on with CLEANROOM_PORT_BASE=${portBase}, or forget it: npm start -- --reset`,
    );
  }
  Object.assign(folder.state, { bus: wanted, portBase: base });
  folder.save();
}
