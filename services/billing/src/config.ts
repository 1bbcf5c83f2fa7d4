import {
  baseConfigSchema,
  type MigrationConfig,
  migrationConfigSchema,
  readConfig,
} from '@cleanroom/service-kit';
import { z } from 'zod';

/** What the billing service is told by its environment. */
export const configSchema = baseConfigSchema.extend({
  /** Opens the credentials that identity wrapped for this service; base64. */
  CLEANROOM_RECIPIENT_PRIVATE_KEY: z.string().min(1),
});

export type BillingConfig = z.infer<typeof configSchema>;

export const readBillingConfig = (): BillingConfig => readConfig(configSchema, process.env);

export const readMigrationConfig = (): MigrationConfig => readConfig(migrationConfigSchema, process.env);
