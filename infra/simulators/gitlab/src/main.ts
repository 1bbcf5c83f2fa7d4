import { readConfig } from './config.js';
import { jsonLog } from './json-log.js';
import { startGitLabSimulator } from './simulator.js';

/** A stop that hangs would hold up the whole installation; real time. */
const LONGEST_STOP_MS = 2_000;

const { logLevel, ...config } = readConfig();
const log = jsonLog(logLevel, 'gitlab-simulator');
const simulator = await startGitLabSimulator({ ...config, log }).catch((error: Error) => {
  process.stderr.write(`The GitLab simulator cannot start: ${error.message}\n`);
  return process.exit(1);
});
log.info({ url: simulator.url }, 'ready');
// Whoever started it may wait for this; a process that nobody has a channel to says nothing.
process.send?.('ready');

const stop = (): void => {
  setTimeout(() => process.exit(1), LONGEST_STOP_MS).unref();
  void simulator.stop().then(() => process.exit(0));
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
