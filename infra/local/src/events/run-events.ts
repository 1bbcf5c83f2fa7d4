import { openBus } from '@cleanroom/messaging';
import { readCommand, usage, type Command } from './read-command.js';
import { runCommand } from './run-command.js';
import type { EventPlaces } from './event-places.js';

/** As programs end that were called in a way that they do not know. */
const MISUSED = 2;

/** The operator's command, as a program. @param findPlaces says where events are, once it is known that they are asked for */
export async function runEvents(findPlaces: () => Promise<EventPlaces>): Promise<void> {
  const args = process.argv.slice(2);
  if (args.some((arg) => arg === '--help' || arg === '-h')) {
    process.stdout.write(`\n${usage}\n\n`);
    process.exit(0);
  }
  await run(understood(args), findPlaces).catch((error: unknown) => {
    process.stderr.write(`\n  ${error instanceof Error ? error.message : String(error)}\n\n`);
    process.exit(1);
  });
}

function understood(words: string[]): Command {
  try {
    return readCommand(words);
  } catch (error) {
    process.stderr.write(`\n  ${(error as Error).message}\n\n${usage}\n\n`);
    process.exit(MISUSED);
  }
}

async function run(command: Command, findPlaces: () => Promise<EventPlaces>): Promise<void> {
  const places = await findPlaces();
  const bus = await openBus(places.busUrl, { clientId: 'operator' });
  try {
    const { text, found } = await runCommand(command, bus, places);
    process.stdout.write(`\n${text}\n\n`);
    if (!found) process.exitCode = 1;
  } finally {
    await bus.close();
  }
}
