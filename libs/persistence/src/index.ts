export { acrossOrganizations } from './across-organizations.js';
export { Bell } from './bell.js';
export { beforeCommit } from './before-commit.js';
export { openDatabase, type Database, type DatabaseOptions } from './database.js';
export { forRole, grant, type DatabaseRole } from './grant.js';
export { inOrganization } from './in-organization.js';
export { LeasedWork, type LeasedWorkOptions, type OnFailure } from './leased-work.js';
export {
  LeaseLost,
  finishLease,
  grantLeasing,
  leaseColumns,
  makeDue,
  wakeChannelOf,
  type Lease,
} from './lease.js';
export { missingMigrations } from './missing-migrations.js';
export { NotificationListener } from './notification-listener.js';
export { prepareDatabase, type PreparedDatabase, type PrepareOptions } from './prepare-database.js';
export {
  appSeesItsOrganization,
  enableRowSecurity,
  protectByOrganization,
  sharedByOrganizations,
  workerSeesEveryOrganization,
} from './protect-by-organization.js';
export { assignments, fromRow, insertion } from './row-mapping.js';
export { runMigrations, type MigrationClass, type MigrationOptions } from './run-migrations.js';
export { usedNoncesMigration } from './used-nonces-migration.js';
export { UsedNonces } from './used-nonces.js';
