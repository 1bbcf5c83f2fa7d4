import { z } from 'zod';
import { readClock, systemClock, type Clock } from '@cleanroom/kernel';
import { accessTokens } from './access-tokens.js';
import { defaultSeed, seed } from './seed.js';

const json = <T>(schema: z.ZodType<T>) =>
  z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'must be JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);

const clock = z.string().transform((text, context): Clock => {
  const read = readClock(text);
  if (read) return read;
  context.addIssue({ code: 'custom', message: 'must be <realEpochMs>:<virtualEpochMs>:<factor>' });
  return z.NEVER;
});

/** The environment of the simulator. */
const environment = z
  .object({
    /** Port on 127.0.0.1. */
    CLEANROOM_PORT: z.coerce.number().int().min(1).max(65_535).default(4011),
    /** JSON: access token → `{ scopes, role?, groups?, user?, revoked? }`. */
    CLEANROOM_SIMULATOR_TOKENS: json(accessTokens),
    /** JSON: `{ projects: [{ path, defaultBranch?, protectedRefs? }] }`. */
    CLEANROOM_SIMULATOR_SEED: json(seed).default(seed.parse(defaultSeed)),
    /** Folder for state and ledger; unset keeps nothing. */
    CLEANROOM_SIMULATOR_STATE: z.string().min(1).optional(),
    /** `free` has no group webhooks. */
    CLEANROOM_SIMULATOR_TIER: z.enum(['free', 'premium']).default('premium'),
    /** API calls of a user per minute of the clock; unset is no limit. */
    CLEANROOM_SIMULATOR_RATE_LIMIT: z.coerce.number().int().min(0).optional(),
    /** How long a runner's question is held while there is nothing new, in seconds of the clock. */
    CLEANROOM_SIMULATOR_LONG_POLL: z.coerce.number().int().min(0).max(50).default(0),
    /** `<realEpochMs>:<virtualEpochMs>:<factor>`; unset is the wall clock. */
    CLEANROOM_CLOCK: clock.default(systemClock),
    CLEANROOM_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  })
  .transform((read) => ({
    port: read.CLEANROOM_PORT,
    tokens: read.CLEANROOM_SIMULATOR_TOKENS,
    seed: read.CLEANROOM_SIMULATOR_SEED,
    stateFolder: read.CLEANROOM_SIMULATOR_STATE,
    rateLimit: read.CLEANROOM_SIMULATOR_RATE_LIMIT,
    tier: read.CLEANROOM_SIMULATOR_TIER,
    longPollSeconds: read.CLEANROOM_SIMULATOR_LONG_POLL,
    clock: read.CLEANROOM_CLOCK,
    logLevel: read.CLEANROOM_LOG_LEVEL,
  }));

export type Config = z.output<typeof environment>;

/** Reads the environment; where it is wrong, says everything that is, and exits with 1. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = environment.safeParse(env);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues)
    process.stderr.write(`${path.join('.')}: ${message}\n`);
  process.exit(1);
}
