export { describeUnless } from './describe-unless.js';
export { describeWithKafka } from './describe-with-kafka.js';
export { eventually, type EventuallyOptions } from './eventually.js';
export { fixedClock, type FixedClock } from './fixed-clock.js';
export { freePort } from './free-port.js';
export { freePortBlock } from './free-port-block.js';
export { givenSeeds } from './config.js';
export { given, type Given, type When } from './given.js';
export { startKafkaBroker, type GuardedDoor, type KafkaBroker } from './kafka-broker.js';
export { onlooker, type Onlooker } from './onlooker.js';
export { openChromium } from './open-chromium.js';
export { openNeighbour, type Neighbour } from './open-neighbour.js';
export { startPostgresServer, type PostgresServer } from './postgres-server.js';
export { readFigures } from './read-figures.js';
export { runOnce } from './run-once.js';
export { runSpecsBeside } from './run-specs-beside.js';
export { serviceDatabase, type ServiceDatabase, type ServiceDatabaseOptions } from './service-database.js';
export { startKafka } from './start-kafka.js';
export { startPostgres, type SharedPostgres } from './start-postgres.js';
export { startTestBus, type TestBus } from './start-test-bus.js';
export {
  superviseProcess,
  type Exit,
  type SupervisedProcess,
  type SuperviseOptions,
} from './supervise-process.js';
export { throwAwayPlace } from './throw-away-place.js';
export { waitForPort } from './wait-for-port.js';
