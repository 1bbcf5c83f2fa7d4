import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { StopWithMessage } from './stop-with-message.js';

/** Who holds a state folder. */
interface Holder {
  readonly pid: number;
  /** Ticks after the machine's start at which that process began; '' where the system does not tell. */
  readonly began: string;
  readonly portBase: number;
}

/**
 * Takes a folder for this process: two installations on one database would destroy each other. A lock whose process is
 * gone is taken over; the number alone does not prove it, because numbers are used again.
 *
 * @returns gives the folder back
 * @throws StopWithMessage when a living installation holds it
 */
export function lockFolder(file: string, portBase: number): () => void {
  const own: Holder = { pid: process.pid, began: beginningOf(process.pid) ?? '', portBase };
  for (;;) {
    try {
      writeFileSync(file, JSON.stringify(own), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = readHolder(file);
    if (holder && isAlive(holder)) throw new StopWithMessage(heldBy(holder));
    rmSync(file, { force: true });
  }
}

const heldBy = ({ pid, portBase }: Holder): string =>
  `Cleanroom already runs on this state folder (process ${pid}, ports from ${portBase}).\n` +
  '  Stop it first, or give this one a folder and ports of its own: CLEANROOM_STATE_FOLDER=… CLEANROOM_PORT_BASE=… npm start';

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function isAlive({ pid, began }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return began === (beginningOf(pid) ?? '');
}

/** Field 22 of /proc/<pid>/stat (proc(5)), counted behind the name, which may hold blanks. */
function beginningOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19];
  } catch {
    return undefined;
  }
}
