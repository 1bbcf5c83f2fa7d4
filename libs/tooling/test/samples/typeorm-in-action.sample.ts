// at: services/provisioning/src/actions/order-server.ts | refused: Actions see ports and domain only
import { DataSource } from 'typeorm';
export const a = DataSource;
