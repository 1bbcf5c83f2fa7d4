import type { Log } from '@cleanroom/kernel';

const levels = ['debug', 'info', 'warn', 'error'] as const;

export type Level = (typeof levels)[number];

/** One JSON object a line on standard output, from `least` upwards. */
export function jsonLog(least: Level, name: string): Log {
  const write = (level: Level) => (fields: object, message: string) => {
    if (levels.indexOf(level) < levels.indexOf(least)) return;
    const line = { level, time: new Date().toISOString(), name, ...fields, msg: message };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
