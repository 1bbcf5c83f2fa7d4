import { fileURLToPath } from 'node:url';
import { resolve } from 'node:path';
import { checkSettings, portBaseOf } from '../bin/settings.mjs';
import { StopWithMessage } from './stop-with-message.js';

/** The workspace's root folder. */
export const workspaceRoot = fileURLToPath(new URL('../../..', import.meta.url));

export interface LocalConfig {
  /** First port of the installation (`CLEANROOM_PORT_BASE`, default 4000). */
  portBase: number;
  /** Where state is kept (`CLEANROOM_STATE_FOLDER`, default `.cleanroom` in the workspace). */
  stateFolder: string;
  /** What the processes log (`CLEANROOM_LOG_LEVEL`, default `info`). */
  logLevel: string;
  /** Where traces go (`OTEL_EXPORTER_OTLP_ENDPOINT`, default nowhere). */
  otlpEndpoint: string | undefined;
  /** host:port of each broker of a cluster that is there already (`KAFKA_BROKERS`, separated by commas; default none). */
  kafkaBrokers: string[];
  /** Handed to the processes: search path, home, locale. */
  inherited: Record<string, string>;
}

/** The one reader of this process's environment. */
export function readLocalConfig(): LocalConfig {
  const { CLEANROOM_STATE_FOLDER, CLEANROOM_LOG_LEVEL, OTEL_EXPORTER_OTLP_ENDPOINT } = process.env;
  const kafkaBrokers = (process.env['KAFKA_BROKERS'] ?? '').split(',').filter(Boolean);
  try {
    checkSettings(process.env);
  } catch (error) {
    throw new StopWithMessage((error as Error).message);
  }
  return {
    portBase: portBaseOf(process.env),
    stateFolder: resolve(workspaceRoot, CLEANROOM_STATE_FOLDER ?? '.cleanroom'),
    logLevel: CLEANROOM_LOG_LEVEL ?? 'info',
    otlpEndpoint: OTEL_EXPORTER_OTLP_ENDPOINT,
    kafkaBrokers,
    inherited: pick(['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR']),
  };
}

/** What names another installation to a program of identity than the one on this machine. */
const OF_IDENTITY = ['CLEANROOM_DATABASE_URL', 'CLEANROOM_DATABASE_URL_FILE', 'CLEANROOM_SECRETS_FOLDER'];

/** This process's environment, where it is that of an identity service; `undefined` where it names no database. */
export const environmentOfIdentity = (): NodeJS.ProcessEnv | undefined =>
  OF_IDENTITY.some((name) => process.env[name]) ? process.env : undefined;

const pick = (names: string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
