import { createLogger, endWithSignals, startTracing } from '@cleanroom/service-kit/edge';
import { readGatewayConfig } from './config.js';
import { startGateway } from './gateway.js';

const config = readGatewayConfig();
const log = createLogger('gateway', config.CLEANROOM_LOG_LEVEL);
const stopTracing = await startTracing('gateway', config.OTEL_EXPORTER_OTLP_ENDPOINT);
const gateway = await startGateway(config, log);
endWithSignals({ stop: () => gateway.stop().finally(stopTracing) }, log);
log.info({ url: gateway.url }, 'the gateway listens');
