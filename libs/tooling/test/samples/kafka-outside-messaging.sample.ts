// at: services/provisioning/src/adapters/events/on-static-ip.consumer.ts | refused: Only libs/messaging speaks to Kafka
import { Kafka } from 'kafkajs';
export const a = Kafka;
