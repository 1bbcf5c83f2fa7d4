import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DynamicModule, Type } from '@nestjs/common';
import type { ServiceName } from '@cleanroom/contracts';
import type { Log } from '@cleanroom/kernel';
import { UsedNonces, type Database } from '@cleanroom/persistence';
import type { FastifyInstance } from 'fastify';
import type { BaseConfig } from './base-config.js';
import { endWithSignals } from './end-with-signals.js';
import { DATABASE, LOG, METRICS } from './injection-tokens.js';
import type { Metrics } from './metrics.js';
import { NestLog } from './nest-log.js';
import { addProbes } from './probes.js';
import { MOST_BODY_BYTES, requireSignedCalls } from './signed-calls.js';
import { observeRequests } from './observe-requests.js';
import { startTracing, type StopTracing } from './tracing.js';

/** A service that listens. */
export interface RunningService {
  readonly app: NestFastifyApplication;
  /** Where it listens, such as `http://127.0.0.1:4001`. */
  readonly url: string;
  /** Takes no further calls, finishes what is in hand, closes everything. */
  stop(): Promise<void>;
}

/**
 * Starts a service: traces, logs, the signature check before everything else, health, metrics, and an orderly stop on
 * SIGTERM or SIGINT.
 */
export async function startService(
  name: ServiceName,
  module: Type | DynamicModule,
  config: BaseConfig,
): Promise<RunningService> {
  const stopTracing = await startTracing(name, config.OTEL_EXPORTER_OTLP_ENDPOINT);
  const service = await listen(module, config, stopTracing);
  const log = service.app.get<Log>(LOG);
  log.info({ url: service.url }, 'the service listens');
  endWithSignals(service, log);
  return service;
}

/** Starts a service without taking over the process: for tests that run several in one. */
export async function listen(
  module: Type | DynamicModule,
  config: BaseConfig,
  stopTracing: StopTracing = () => Promise.resolve(),
): Promise<RunningService> {
  const adapter = new FastifyAdapter({
    bodyLimit: MOST_BODY_BYTES,
    forceCloseConnections: true,
    requestIdHeader: 'x-request-id',
    genReqId: () => randomUUID(),
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(new NestLog(app.get<Log>(LOG)));
  const server = adapter.getInstance() as unknown as FastifyInstance;
  observeRequests(server, app.get<Metrics>(METRICS));
  requireSignedCalls(server, {
    gatewayKey: config.CLEANROOM_GATEWAY_KEY,
    used: new UsedNonces(app.get<Database>(DATABASE)),
    log: app.get<Log>(LOG),
  });
  addProbes(server, app);
  await app.listen(config.CLEANROOM_PORT, config.CLEANROOM_HOST);
  const stop = async () => {
    await app.close();
    await stopTracing();
  };
  return { app, url: (await app.getUrl()).replace('[::1]', '127.0.0.1'), stop };
}
