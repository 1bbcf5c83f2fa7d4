import { readdirSync, readFileSync } from 'node:fs';

/** Ids of the processes whose environment or command line holds a text. */
export function processesWith(text: string): string[] {
  return processIds().filter(
    (pid) => read(`/proc/${pid}/environ`).includes(text) || commandOf(pid).includes(text),
  );
}

const processIds = (): string[] =>
  readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);

/** The command line of a process. */
export const commandOf = (pid: string): string => read(`/proc/${pid}/cmdline`);

/** The id of a process's parent, empty where there is none. */
export const parentOf = (pid: string): string =>
  /^PPid:\s*(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? '';

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
