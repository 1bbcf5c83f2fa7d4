// at: libs/messaging/src/outbox.ts | refused: No library imports a service
import { migrations } from '@cleanroom/identity/migrations';
export const a = migrations;
