import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What services and gateway of an installation have logged at level error, or said without being a log line at all. */
export function errorsLogged(stateFolder: string): string[] {
  const logs = join(stateFolder, 'logs');
  return readdirSync(logs)
    .filter((name) => name !== 'postgres.log')
    .flatMap((name) =>
      readFileSync(join(logs, name), 'utf8')
        .split('\n')
        .filter((line) => line !== '' && !isHarmless(line))
        .map((line) => `${name}: ${line}`),
    );
}

/** Levels below error: services name them, the simulators number them. */
const harmless: unknown[] = ['debug', 'info', 'warn', 10, 20, 30, 40];

/** A line that is no JSON is a stack that nobody caught, or a print that was left behind. */
function isHarmless(line: string): boolean {
  try {
    return harmless.includes((JSON.parse(line) as { level: unknown }).level);
  } catch {
    return false;
  }
}
