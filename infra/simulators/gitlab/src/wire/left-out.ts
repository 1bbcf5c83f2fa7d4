import type { z } from 'zod';

/** A parameter that may be missing; null is as good as that, for GitLab and for clients that send every field. */
export const leftOut = <S extends z.ZodType>(parameter: S) =>
  parameter.nullish().transform((given) => given ?? undefined);
