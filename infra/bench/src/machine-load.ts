import { availableParallelism, loadavg } from 'node:os';

/** A sentence about how busy the machine is now with other work: without it no figure of real time can be judged. */
export const machineLoad = (): string => {
  const waiting = (loadavg()[0] ?? 0).toFixed(1);
  return `When it began, ${waiting} other processes wanted the machine's ${availableParallelism()} cores (load of the last minute).`;
};
