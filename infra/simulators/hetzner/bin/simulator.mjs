import { fail, prepare, root, runUnderNode24 } from '../../../local/bin/prepare.mjs';
import { portBaseOf } from '../../../local/bin/settings.mjs';

/** As long as Hetzner's are: Terraform refuses others. */
const TOKEN = 'simulated-'.padEnd(64, '0');
/** As in an installation, from its first port. */
const DISTANCE = 10;

const port = process.env.CLEANROOM_PORT ?? String(portFromBase());
const tokens = process.env.CLEANROOM_SIMULATOR_TOKENS ?? JSON.stringify({ [TOKEN]: 'demo' });
await prepare();
const simulator = runUnderNode24([`${root}infra/simulators/hetzner/dist/main.js`], {
  CLEANROOM_PORT: port,
  CLEANROOM_SIMULATOR_TOKENS: tokens,
});
simulator.once('message', sayWhereItIs);

function sayWhereItIs() {
  console.error(`
  A simulated Hetzner Cloud, Ctrl-C ends it:

    export HCLOUD_ENDPOINT=http://127.0.0.1:${port}/v1
    export HCLOUD_TOKEN=${process.env.CLEANROOM_SIMULATOR_TOKENS ? '…' : TOKEN}
`);
}

function portFromBase() {
  try {
    return portBaseOf(process.env) + DISTANCE;
  } catch (error) {
    return fail(error.message);
  }
}
