import { readClock } from '@cleanroom/kernel';
import { z } from 'zod';

const key = z
  .string()
  .refine((text) => Buffer.from(text, 'base64').length >= 32, 'takes 32 bytes or more in base64');
const origin = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/$/, ''));

/** What every service is told by its environment; a service adds keys of its own. */
export const baseConfigSchema = z.object({
  /** Port to listen on; 0 takes any free one. */
  CLEANROOM_PORT: z.coerce.number().int().min(0).max(65_535),
  /** Address to listen on; behind the gateway only. @default 127.0.0.1 */
  CLEANROOM_HOST: z.string().default('127.0.0.1'),
  /** How the world reaches the gateway, such as `https://cleanroom.example`. */
  CLEANROOM_PUBLIC_ORIGIN: origin,
  /** Label value by which this installation knows its own resources; letters, digits and dashes. */
  CLEANROOM_INSTALLATION: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'takes lower-case letters, digits and dashes'),
  /** Key with which the gateway signs every call, base64, 32 bytes or more. */
  CLEANROOM_GATEWAY_KEY: key,
  /** The service's database under its app role: sees one organisation at a time. */
  CLEANROOM_DATABASE_URL: z.url(),
  /** The same database under its worker role: may find and lease rows of all organisations. */
  CLEANROOM_DATABASE_WORKER_URL: z.url(),
  /** The event bus; `postgres://` is the embedded one, `kafka://host:port` a cluster; what else its address may say is described at
   * `parseKafkaAddress` of `libs/messaging`. */
  CLEANROOM_BUS_URL: z.url(),
  /** `<realEpochMs>:<virtualEpochMs>:<factor>`; left out in production, where the system's clock counts. */
  CLEANROOM_CLOCK: z
    .string()
    .refine((text) => readClock(text) !== undefined, 'takes <realEpochMs>:<virtualEpochMs>:<factor>')
    .optional(),
  /** host:port pairs that customers' addresses may point at although they are private; local mode only. */
  CLEANROOM_ALLOWED_PRIVATE_HOSTS: z
    .string()
    .default('')
    .transform((text) => text.split(',').filter(Boolean)),
  /** @default info */
  CLEANROOM_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  /** OTLP/HTTP collector, such as `http://127.0.0.1:4318`; without it no trace leaves the process. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  /**
   * How long a row of work stays with a process that says nothing, in real seconds: after a crash, others take it over
   * then, which must be within 20 seconds. Longer than any outside call takes. @default 15
   */
  CLEANROOM_LEASE_SECONDS: z.coerce.number().min(1).max(300).default(15),
  /** Tests only: `<adapter>.<method>:<before|sent|answered>[:<nth call>],…`; at the first reached the process kills itself. */
  CLEANROOM_CRASH_AT: z.string().optional(),
  /** Tests only: a seed under which this service's events overtake each other, and some come twice. */
  CLEANROOM_UNRULY_BUS: z.coerce.number().int().min(0).optional(),
});

/** The environment of a service, checked. */
export type BaseConfig = z.infer<typeof baseConfigSchema>;
