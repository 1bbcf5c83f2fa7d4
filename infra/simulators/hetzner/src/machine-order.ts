import { z } from 'zod';

/** Body of `POST /_sim/machines`: what becomes of the next boots. */
export const machineOrder = z.strictObject({
  next: z.enum(['never_boots', 'boots_late', 'dies_after_enrolment']),
  times: z.int().min(1).default(1),
});

export type MachineOrder = z.output<typeof machineOrder>;
