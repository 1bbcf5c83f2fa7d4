// Runs under whatever Node the system has (20 or newer) and before anything is installed: built-in modules only.
import { fail, prepare, root, runUnderNode24 } from './prepare.mjs';
import { portBaseOf } from './settings.mjs';

/**
 * Builds one of the simulators and runs it alone in this terminal; says how to reach it once it listens.
 *
 * @param {object} simulator
 * @param {string} simulator.name its folder in infra/simulators
 * @param {number} simulator.distance its port from the first one of an installation, which it has there too
 * @param {Record<string, unknown>} simulator.tokens what CLEANROOM_SIMULATOR_TOKENS is where it is not set
 * @param {(port: string, token: string) => string} simulator.usage what a client has to know
 */
export async function runSimulator({ name, distance, tokens, usage }) {
  const [unknown] = process.argv.slice(2);
  if (unknown) fail(`This takes no "${unknown}": see "Running it" in infra/simulators/${name}/README.md.`);
  const port = process.env.CLEANROOM_PORT ?? String(portFromBase(distance));
  const given = process.env.CLEANROOM_SIMULATOR_TOKENS;
  await prepare();
  const simulator = runUnderNode24([`${root}infra/simulators/${name}/dist/main.js`], {
    CLEANROOM_PORT: port,
    CLEANROOM_SIMULATOR_TOKENS: given ?? JSON.stringify(tokens),
  });
  simulator.once('message', () => console.error(usage(port, given ? '…' : Object.keys(tokens)[0])));
}

function portFromBase(distance) {
  try {
    return portBaseOf(process.env) + distance;
  } catch (error) {
    return fail(error.message);
  }
}
