export { initialiseDatabase } from './initialise-database.js';
export { postgresPrograms, type PostgresPrograms } from './postgres-programs.js';
export { reachableFolder } from './reachable-folder.js';
export { spawnPostmaster } from './spawn-postmaster.js';
