import { readConfig } from './config.js';
import { startHetznerSimulator } from './start-hetzner-simulator.js';

const config = readConfig();

const simulator = await startHetznerSimulator({
  tokens: config.CLEANROOM_SIMULATOR_TOKENS,
  port: config.CLEANROOM_PORT,
  clock: config.CLEANROOM_CLOCK,
  latency: config.CLEANROOM_SIMULATOR_LATENCY,
  seed: config.CLEANROOM_SIMULATOR_SEED,
  limits: config.CLEANROOM_SIMULATOR_LIMITS,
  stateFolder: config.CLEANROOM_SIMULATOR_STATE,
  startGuest: config.CLEANROOM_SIMULATOR_GUEST,
  logLevel: config.CLEANROOM_LOG_LEVEL,
}).catch((error: Error) => {
  process.stderr.write(`The Hetzner simulator cannot start: ${error.message}\n`);
  return process.exit(1);
});
// Whoever started it may wait for this; a process that nobody has a channel to says nothing.
process.send?.('ready');

let stopping = false;
const stop = (): void => {
  if (stopping) return;
  stopping = true;
  void simulator.stop().then(() => process.exit(0));
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
