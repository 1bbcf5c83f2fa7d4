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

/** Levels below error. A line that is no JSON is a stack that nobody caught, or a print that was left behind. */
function isHarmless(line: string): boolean {
  try {
    return ['debug', 'info', 'warn'].includes((JSON.parse(line) as { level: string }).level);
  } catch {
    return false;
  }
}
