// at: services/provisioning/src/actions/order-server.ts | refused: Actions see ports and domain only
import { store } from '../adapters/postgres/runner.store.js';
export const a = store;
