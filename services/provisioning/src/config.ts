import {
  baseConfigSchema,
  type MigrationConfig,
  migrationConfigSchema,
  readConfig,
} from '@cleanroom/service-kit';
import { z } from 'zod';

/** What the provisioning service is told by its environment. */
export const configSchema = baseConfigSchema.extend({
  /** Opens the credentials that identity wrapped for this service; base64. */
  CLEANROOM_RECIPIENT_PRIVATE_KEY: z.string().min(1),
  /** Seals the tokens of GitLab runners until their machines fetch them; 32 bytes in base64. */
  CLEANROOM_MASTER_KEY: z.string().min(1),
  /** Makes the tickets with which machines enrol; base64. A new key makes all tickets on their way worthless. */
  CLEANROOM_TICKET_KEY: z.string().min(1),
  /** Pin of the origin's certificate for machines: `sha256//…`. @default no pin, as for plain HTTP in local mode */
  CLEANROOM_ORIGIN_PIN: z
    .string()
    .optional()
    .transform((pin) => pin || undefined),
  /**
   * SHA-256 of the gitlab-runner program that machines fetch from the gateway, see CLEANROOM_MACHINE_FILES there.
   * @default the newest of GitLab's signed repository
   */
  CLEANROOM_RUNNER_SHA256: z
    .string()
    .regex(/^([0-9a-f]{64})?$/, 'takes a SHA-256 in lower case')
    .optional()
    .transform((sha256) => sha256 || undefined),
});

export type ProvisioningConfig = z.infer<typeof configSchema>;

export const readProvisioningConfig = (): ProvisioningConfig => readConfig(configSchema, process.env);

export const readMigrationConfig = (): MigrationConfig => readConfig(migrationConfigSchema, process.env);
