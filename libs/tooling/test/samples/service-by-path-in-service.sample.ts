// at: services/provisioning/src/adapters/events/on-static-ip.consumer.ts | refused: A service never imports another service
import { a } from '../../../../../services/identity/src/main.js';
export const b = a;
