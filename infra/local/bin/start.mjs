import { readFlags } from './flags.mjs';
import { fail, prepare, root, runUnderNode24 } from './prepare.mjs';
import { checkSettings } from './settings.mjs';

const args = process.argv.slice(2);
// Before minutes are spent on installing and building.
readFlags(args);
try {
  checkSettings(process.env);
} catch (error) {
  fail(error.message);
}
await prepare();
runUnderNode24([`${root}infra/local/dist/main.js`, ...args]);
