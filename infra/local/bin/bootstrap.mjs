import { prepare, root, runUnderNode24 } from './prepare.mjs';

await prepare();
runUnderNode24([`${root}infra/local/dist/bootstrap.js`, ...process.argv.slice(2)]);
