import { z } from 'zod';
import { seededRandom } from '../random.js';

/** What should go wrong with webhooks on their way. */
export const disturbance = z.object({
  /** Share that is never sent. */
  lose: z.number().min(0).max(1).default(0),
  /** Share that is sent twice, with the same id. */
  duplicate: z.number().min(0).max(1).default(0),
  /** Whether deliveries may overtake each other: each waits up to a second of real time. */
  reorder: z.boolean().default(false),
  seed: z.number().int().default(1),
});

export type Disturbance = z.output<typeof disturbance>;

export interface Fate {
  readonly lost: boolean;
  readonly duplicate: boolean;
  readonly delayMs: number;
}

const LONGEST_DELAY_MS = 1_000;

/** Decides the fate of one delivery after the other, the same for the same seed. */
export function createFates({ lose, duplicate, reorder, seed }: Disturbance): () => Fate {
  const random = seededRandom(seed);
  return () => ({
    lost: random() < lose,
    duplicate: random() < duplicate,
    delayMs: reorder ? random() * LONGEST_DELAY_MS : 0,
  });
}

export const undisturbed: Disturbance = disturbance.parse({});
