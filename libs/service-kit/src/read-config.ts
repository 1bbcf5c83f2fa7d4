import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';

/** Variables of the environment that have no usable value, each with the reason. Never holds a value: it may be a secret. */
export class InvalidConfig extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

/**
 * Checks an environment against a schema, all of it at once. Each variable may be in a file instead, see {@link withFiles}.
 *
 * @throws InvalidConfig
 */
export function parseConfig<Schema extends z.ZodObject>(
  schema: Schema,
  env: NodeJS.ProcessEnv,
): z.infer<Schema> {
  const result = schema.safeParse(withFiles(schema, env));
  if (result.success) return result.data;
  throw new InvalidConfig(result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
}

/**
 * A secret may come in a file, as containers are given them: in the one that `<NAME>_FILE` names, or in the folder
 * `CLEANROOM_SECRETS_FOLDER` under the variable's own name. A file wins.
 */
function withFiles(schema: z.ZodObject, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const given = Object.keys(schema.shape).flatMap((name) => {
    const file = env[`${name}_FILE`] || inFolder(env['CLEANROOM_SECRETS_FOLDER'], name);
    return file ? [[name, readSecret(name, file)]] : [];
  });
  return { ...env, ...(Object.fromEntries(given) as Record<string, string>) };
}

function inFolder(folder: string | undefined, name: string): string | undefined {
  if (!folder) return undefined;
  const file = join(folder, name);
  return existsSync(file) ? file : undefined;
}

function readSecret(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd();
  } catch (error) {
    throw new InvalidConfig([
      `${name}: its file ${file} cannot be read (${(error as { code?: string }).code})`,
    ]);
  }
}

/** Reads the configuration of a process, or says everything that is wrong with it and ends the process. */
export function readConfig<Schema extends z.ZodObject>(
  schema: Schema,
  env: NodeJS.ProcessEnv,
): z.infer<Schema> {
  try {
    return parseConfig(schema, env);
  } catch (error) {
    if (!(error instanceof InvalidConfig)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
