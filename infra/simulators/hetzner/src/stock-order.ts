import { z } from 'zod';

/** Body of `PUT /_sim/stock`. */
export const stockOrder = z.strictObject({
  /** `*` stands for all. */
  serverType: z.string(),
  location: z.string(),
  /** The code with which an order is refused, for Hetzner has two ways to say it; null where it can be had. */
  soldOut: z.enum(['resource_unavailable', 'invalid_input']).nullable(),
  /** What the list of types says of it, which may be wrong both ways. @default true but for `resource_unavailable` */
  listed: z.boolean().optional(),
  /** Of a `resource_unavailable`, in the words of another day. */
  message: z.string().default('error during placement'),
});

/** Plain JSON. */
export type Stock = z.output<typeof stockOrder>;
