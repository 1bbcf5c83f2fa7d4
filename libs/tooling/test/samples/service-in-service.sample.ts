// at: services/provisioning/src/adapters/events/on-static-ip.consumer.ts | refused: A service never imports another service
import { migrations } from '@cleanroom/identity/migrations';
export const a = migrations;
