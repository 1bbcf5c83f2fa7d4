import { join } from 'node:path';
import { fetchJars, KafkaUnavailable } from '@cleanroom/kafka-broker';
import type { ChildPlan } from './child.js';
import { workspaceRoot, type LocalConfig } from './config.js';
import type { KafkaOrder } from './keep-kafka.js';
import type { Ports } from './ports.js';
import { KAFKA_JARS, type StateFolder } from './state-folder.js';
import { StopWithMessage } from './stop-with-message.js';

/**
 * How to run the broker of an installation; its jars are fetched where they are missing.
 *
 * @throws StopWithMessage that says what to install
 */
export async function kafkaPlan(config: LocalConfig, folder: StateFolder, ports: Ports): Promise<ChildPlan> {
  const jars = await fetchJars(join(workspaceRoot, '.cleanroom', KAFKA_JARS)).catch((error: unknown) => {
    throw error instanceof KafkaUnavailable ? new StopWithMessage(error.message) : error;
  });
  const place = { folder: folder.file('kafka'), port: ports.kafka, controllerPort: ports.kafkaController };
  const order: KafkaOrder = { jars, place };
  return {
    name: 'kafka',
    script: join(workspaceRoot, 'infra/local/dist/keep-kafka.js'),
    nodeFlags: ['--max-old-space-size=48'],
    env: config.inherited,
    readyUrl: undefined,
    logFile: folder.file('logs/kafka.log'),
    order,
  };
}

/** Value of CLEANROOM_BUS_URL. On a cluster that others use too, the names of topics and groups are set apart. */
export function kafkaUrl(
  { kafkaBrokers }: LocalConfig,
  { state }: Pick<StateFolder, 'state'>,
  ports: Ports,
): string {
  const [first, ...others] = kafkaBrokers;
  if (!first) return `kafka://127.0.0.1:${ports.kafka}`;
  const query = new URLSearchParams(others.map((broker) => ['broker', broker]));
  return `kafka://${first}/${state.installation}${others.length > 0 ? `?${query}` : ''}`;
}
