import { migrateDatabase } from '@cleanroom/service-kit';
import { migrations } from './adapters/postgres/migrations/index.js';
import { readMigrationConfig } from './config.js';

await migrateDatabase('billing', migrations, readMigrationConfig());
