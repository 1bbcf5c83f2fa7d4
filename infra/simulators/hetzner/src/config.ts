import { readClock, systemClock, type Clock } from '@cleanroom/kernel';
import { z } from 'zod';
import { limitsOrder } from './capacity.js';
import { tokenMap } from './tokens.js';

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be JSON' });
    return z.NEVER;
  }
});

const clock = z.string().transform((text, context): Clock => {
  const read = readClock(text);
  if (read) return read;
  context.addIssue({ code: 'custom', message: 'must be <realEpochMs>:<virtualEpochMs>:<factor>' });
  return z.NEVER;
});

const schema = z.object({
  /** Where to listen, on 127.0.0.1. */
  CLEANROOM_PORT: z.coerce.number().int().min(0).max(65_535).default(4010),
  /** JSON: API tokens and their projects, `{"<token>": "<project>"}`; `"readonly:<project>"` for reading only. */
  CLEANROOM_SIMULATOR_TOKENS: json.pipe(tokenMap),
  /** How long things take: as measured at Hetzner, or hardly at all. */
  CLEANROOM_SIMULATOR_LATENCY: z.enum(['realistic', 'fast']).default('realistic'),
  /** What runs on a server: the simulated guest, or the real agent of its user data in a process of its own. */
  CLEANROOM_SIMULATOR_GUEST: z.enum(['simulated', 'agent']).default('simulated'),
  /** Folder for state and ledger. Unset: they end with the process. */
  CLEANROOM_SIMULATOR_STATE: z.string().min(1).optional(),
  /** Seed of delays. */
  CLEANROOM_SIMULATOR_SEED: z.coerce.number().int().default(1),
  /** JSON: what an account may hold, such as `{"servers": 20}`; what is left out is as Hetzner begins. */
  CLEANROOM_SIMULATOR_LIMITS: json.pipe(limitsOrder).optional(),
  /** `<realEpochMs>:<virtualEpochMs>:<factor>`. Unset: the system's clock. */
  CLEANROOM_CLOCK: clock.default(systemClock),
  /** Level of the log. */
  CLEANROOM_LOG_LEVEL: z.string().default('info'),
});

export type Config = z.output<typeof schema>;

/** Reads the environment; where it is wrong, tells every error at once and ends the process. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) {
    process.stderr.write(`${path.join('.')}: ${message}\n`);
  }
  return process.exit(1);
}
