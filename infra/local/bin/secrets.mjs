import { prepare, root, runUnderNode24 } from './prepare.mjs';

await prepare();
runUnderNode24([`${root}infra/local/dist/secrets/main.js`, ...process.argv.slice(2)]);
