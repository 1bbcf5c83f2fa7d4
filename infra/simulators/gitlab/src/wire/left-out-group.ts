import { z } from 'zod';

/** A group of parameters that may be missing, or null: then each in it is left out. */
export const leftOutGroup = <S extends z.ZodRawShape>(shape: S) =>
  z.preprocess((given) => given ?? {}, z.object(shape));
