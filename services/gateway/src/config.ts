import { fileURLToPath } from 'node:url';
import { baseConfigSchema, readConfig } from '@cleanroom/service-kit/edge';
import { z } from 'zod';

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((entry) => entry.trim())
      .filter(Boolean),
  );

/** A variable that holds JSON; what is no JSON is said without repeating it. */
const json = <Schema extends z.ZodType>(schema: Schema, fallback?: string) =>
  z
    .string()
    .default(fallback ?? '')
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'takes JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);

/** Services that are needed beside those of the schema: for who calls, and for the routes that lead to them. */
const ROUTED_SERVICES = ['identity', 'provisioning', 'scheduling'];

const supergraph = fileURLToPath(new URL('../supergraph.graphql', import.meta.url));
/** The gateway's build puts it beside its own program, so that both go into one image. */
const builtConsole = fileURLToPath(new URL('./console', import.meta.url));

/** What the gateway is told by its environment. */
export const gatewayConfigSchema = baseConfigSchema
  .pick({
    CLEANROOM_PORT: true,
    CLEANROOM_HOST: true,
    CLEANROOM_PUBLIC_ORIGIN: true,
    CLEANROOM_GATEWAY_KEY: true,
    CLEANROOM_CLOCK: true,
    CLEANROOM_LOG_LEVEL: true,
    OTEL_EXPORTER_OTLP_ENDPOINT: true,
  })
  .extend({
    /** Where each service answers GraphQL: `{"identity":"http://127.0.0.1:4002/graphql",…}`. */
    CLEANROOM_SUBGRAPHS: json(
      z
        .record(z.string(), z.url({ protocol: /^https?$/ }))
        .refine(
          (urls) => ROUTED_SERVICES.every((name) => name in urls),
          `takes an address for each of ${ROUTED_SERVICES.join(', ')}`,
        ),
    ),
    /** The composed schema. @default the one that was built with this gateway */
    CLEANROOM_SUPERGRAPH: z.string().default(supergraph),
    /** Folder of the web console. @default the one that was built with this gateway */
    CLEANROOM_CONSOLE: z.string().default(builtConsole),
    /** Folder of what machines install, each file named by its SHA-256 in lower case. @default none: it has no files */
    CLEANROOM_MACHINE_FILES: z
      .string()
      .optional()
      .transform((folder) => folder || undefined),
    /** Addresses or CIDR ranges of proxies whose `X-Forwarded-For` is believed. @default none */
    CLEANROOM_TRUSTED_PROXIES: list,
    /** Further web origins whose pages may open WebSockets, beside the public one. @default none */
    CLEANROOM_ALLOWED_ORIGINS: list,
    /** Folder of the operations that are registered for partners, a JSON file for each client. @default none is registered */
    CLEANROOM_PERSISTED_OPERATIONS: z
      .string()
      .optional()
      .transform((folder) => folder || undefined),
    /**
     * Whether API tokens are answered registered operations only: `true` or `false`. Sessions of the console are not bound by it,
     * and every token can be exchanged for one: it bounds what clients ask, not what their owners may read. @default false
     */
    CLEANROOM_ONLY_PERSISTED_OPERATIONS: z
      .enum(['true', 'false'])
      .default('false')
      .transform((text) => text === 'true'),
    /** Operations that may be deeper than others, by name: `{"RunnerPage":9}`. @default {} */
    CLEANROOM_OPERATION_DEPTHS: json(z.record(z.string(), z.number().int().positive()), '{}'),
    /** Most that one operation may cost: each field costs 1, times the length of the lists around it. @default 50000 */
    CLEANROOM_MAX_COST: z.coerce.number().int().positive().default(50_000),
    /** Real milliseconds until a query is given up; mutations have three times as long. @default 10000 */
    CLEANROOM_OPERATION_TIMEOUT: z.coerce.number().int().positive().default(10_000),
  });

export type GatewayConfig = z.infer<typeof gatewayConfigSchema>;

export const readGatewayConfig = (): GatewayConfig => readConfig(gatewayConfigSchema, process.env);
