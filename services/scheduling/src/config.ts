import {
  baseConfigSchema,
  type MigrationConfig,
  migrationConfigSchema,
  readConfig,
} from '@cleanroom/service-kit';
import { z } from 'zod';

const keyOf32Bytes = z
  .string()
  .refine((text) => Buffer.from(text, 'base64').length === 32, 'takes 32 bytes in base64');

/** What scheduling is told by its environment, beside what every service is. */
export const schedulingConfigSchema = baseConfigSchema.extend({
  /** Seals the tokens of our webhooks; 32 bytes in base64. */
  CLEANROOM_MASTER_KEY: keyOf32Bytes,
  /** Opens what identity encrypted for this service; 32 bytes in base64. */
  CLEANROOM_RECIPIENT_PRIVATE_KEY: keyOf32Bytes,
});

export type SchedulingConfig = z.output<typeof schedulingConfigSchema>;

/** Reads the environment; prints every problem at once and ends the process where there is one. */
export const readSchedulingConfig = (): SchedulingConfig => readConfig(schedulingConfigSchema, process.env);

export const readMigrationConfig = (): MigrationConfig => readConfig(migrationConfigSchema, process.env);
