import { takenPorts, type Ports } from './ports.js';
import type { StateFolder } from './state-folder.js';
import { StopWithMessage } from './stop-with-message.js';
import type { SystemOptions } from './system-options.js';

/** @throws StopWithMessage where somebody else listens at one of them; it says how to start elsewhere */
export async function refuseTakenPorts(
  ports: Ports,
  { state }: Pick<StateFolder, 'state'>,
  { bus, flags = [], config: { portBase: base, kafkaBrokers } }: SystemOptions,
): Promise<void> {
  const ownKafka = bus === 'kafka' && kafkaBrokers.length === 0;
  const taken = (await takenPorts(ports)).find(({ name }) => ownKafka || !name.startsWith('kafka'));
  if (!taken) return;
  // A state that has begun stays with its ports.
  const elsewhere = state.apiTokens.owner ? [...flags, '--reset'] : flags;
  const again = ['npm start', ...(elsewhere.length > 0 ? ['--', ...elsewhere] : [])].join(' ');
  throw new StopWithMessage(
    `Port ${taken.port} (${taken.name}) is taken by another program.\n` +
      `  Stop it, or move all ports: CLEANROOM_PORT_BASE=${base + 1000} ${again}`,
  );
}
