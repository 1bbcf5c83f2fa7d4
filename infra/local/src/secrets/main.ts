import { workspaceRoot } from '../config.js';
import { installationKeys } from '../installation-keys.js';
import { StopWithMessage } from '../stop-with-message.js';
import { readOrder, usage, type SecretsOrder } from './read-order.js';
import { secretFiles } from './secret-files.js';
import { writeSecrets } from './write-secrets.js';

/** As programs end that were called in a way that they do not know. */
const MISUSED = 2;

const args = process.argv.slice(2);
if (args.some((arg) => arg === '--help' || arg === '-h')) {
  process.stdout.write(`\n${usage}\n\n`);
  process.exit(0);
}

const order = understood(args);
try {
  writeSecrets(order.folder, secretFiles(await installationKeys(), order));
} catch (error) {
  if (!(error instanceof StopWithMessage)) throw error;
  process.stderr.write(`\n  ${error.message}\n\n`);
  process.exit(1);
}
process.stdout.write(
  `\n  The secrets of a new installation are in ${order.folder}. Keep a copy: without its keys\n` +
    '  everything that the installation sealed is lost.\n\n',
);

function understood(words: string[]): SecretsOrder {
  try {
    return readOrder(words, workspaceRoot);
  } catch (error) {
    process.stderr.write(`\n  ${(error as Error).message}\n\n${usage}\n\n`);
    process.exit(MISUSED);
  }
}
