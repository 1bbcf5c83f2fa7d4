import { createHmac } from 'node:crypto';

/** As gitlab-runner derives it: the same for the whole life of an installation, and telling nothing of the machine. */
export const systemIdOf = (machineId: string): string =>
  `s_${createHmac('sha256', machineId.trim()).update('gitlab-runner').digest('hex').slice(0, 12)}`;
