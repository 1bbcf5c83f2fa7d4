import { execFileSync } from 'node:child_process';

/** As whom a program runs; empty means as this process. */
export interface RunAs {
  uid?: number;
  gid?: number;
}

const UNPRIVILEGED = 'nobody';

/** PostgreSQL refuses to run as root: there its data and its processes belong to somebody who may do nothing. */
export function ownerOfData(): RunAs {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string) => Number(execFileSync('id', [flag, UNPRIVILEGED], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}
