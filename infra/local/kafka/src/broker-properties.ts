import { join } from 'node:path';

/** Where a broker lives. */
export interface BrokerPlace {
  /** Holds its data, its settings and its process id. */
  readonly folder: string;
  /** Where clients reach it, on 127.0.0.1. */
  readonly port: number;
  /** Where it reaches its own controller. */
  readonly controllerPort: number;
  /** The port that it tells clients to come to, where something stands between them and it. @default port */
  readonly advertisedPort?: number;
  /** A second door, for those who prove who they are. */
  readonly guarded?: GuardedListener;
}

/** Where a broker speaks TLS and asks who is there, by SASL. */
export interface GuardedListener {
  readonly port: number;
  /** File of type PKCS12 with the broker's key and certificate. */
  readonly keystore: string;
  /** Of the keystore. */
  readonly keystorePassword: string;
  readonly user: string;
  readonly password: string;
}

/** The settings of a single small broker that is its own controller; whoever wants a topic must make it. */
export function brokerProperties(place: BrokerPlace): string {
  const { folder, port, controllerPort, advertisedPort = port, guarded } = place;
  const door = guarded ? `,GUARDED://127.0.0.1:${guarded.port}` : '';
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}${door}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${advertisedPort}${door}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,GUARDED:SASL_SSL',
    'log.dirs': join(folder, 'data'),
    'auto.create.topics.enable': false,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    // A broker that was killed may come back once its session is over.
    'broker.session.timeout.ms': 2_000,
    'broker.heartbeat.interval.ms': 500,
    // A group of one machine is complete at once.
    'group.initial.rebalance.delay.ms': 0,
    ...small,
    ...(guarded && guard(guarded)),
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** Who comes by SCRAM is known from the formatting of the folder, who comes by PLAIN from here. */
function guard({ keystore, keystorePassword, user, password }: GuardedListener): Record<string, string> {
  const module = (kind: string) => `org.apache.kafka.common.security.${kind} required`;
  return {
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-512',
    'listener.name.guarded.plain.sasl.jaas.config': `${module('plain.PlainLoginModule')} user_${user}="${password}";`,
    'listener.name.guarded.scram-sha-512.sasl.jaas.config': `${module('scram.ScramLoginModule')};`,
    'ssl.keystore.type': 'PKCS12',
    'ssl.keystore.location': keystore,
    'ssl.keystore.password': keystorePassword,
  };
}

/** The defaults are those of a machine that has nothing else to do. */
const small = {
  'num.network.threads': 2,
  'num.io.threads': 3,
  'num.recovery.threads.per.data.dir': 2,
  'background.threads': 2,
  'log.cleaner.dedupe.buffer.size': 4_194_304,
  'log.index.size.max.bytes': 1_048_576,
  'log.segment.bytes': 67_108_864,
};
