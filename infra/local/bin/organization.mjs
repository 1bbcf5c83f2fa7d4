import { prepare, root, runUnderNode24 } from './prepare.mjs';

await prepare();
runUnderNode24([`${root}infra/local/dist/organization.js`, ...process.argv.slice(2)]);
