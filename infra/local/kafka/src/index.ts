export { brokerProperties, type BrokerPlace, type GuardedListener } from './broker-properties.js';
export { fetchJars } from './fetch-jars.js';
export { KafkaUnavailable } from './kafka-unavailable.js';
export { missingTools } from './missing-tools.js';
export { stopOrphanedBroker } from './orphaned-broker.js';
export { startBroker, type Broker } from './start-broker.js';
