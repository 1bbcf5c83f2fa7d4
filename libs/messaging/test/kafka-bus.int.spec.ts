import { describeWithKafka } from '@cleanroom/testing';
import { busContract } from './bus-contract.js';
import { operatorContract } from './operator-contract.js';
import { startTestKafkaBus } from './start-test-kafka-bus.js';

describeWithKafka('on a real broker', () => {
  busContract('Apache Kafka', startTestKafkaBus);
  operatorContract('Apache Kafka', startTestKafkaBus, { leavesAtOnce: false });
});
