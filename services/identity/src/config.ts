import {
  baseConfigSchema,
  type MigrationConfig,
  migrationConfigSchema,
  readConfig,
} from '@cleanroom/service-kit';
import { z } from 'zod';

const recipientKeys = z.string().transform((text, context): Record<string, string> => {
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(text));
  } catch {
    context.addIssue({ code: 'custom', message: 'takes JSON: service to public key in base64' });
    return z.NEVER;
  }
});

/** What the identity service is told by its environment. */
export const configSchema = baseConfigSchema.extend({
  /** Seals credentials and signing keys; 32 bytes in base64. Lost, all connections must be made anew. */
  CLEANROOM_MASTER_KEY: z
    .string()
    .refine((text) => Buffer.from(text, 'base64').length === 32, 'takes 32 bytes in base64'),
  /** Public keys of the services that get customers' credentials, as JSON: service to key in base64. */
  CLEANROOM_RECIPIENT_KEYS: recipientKeys,
});

export type IdentityConfig = z.infer<typeof configSchema>;

export const readIdentityConfig = (): IdentityConfig => readConfig(configSchema, process.env);

export const readMigrationConfig = (): MigrationConfig => readConfig(migrationConfigSchema, process.env);
