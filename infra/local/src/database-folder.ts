import { join } from 'node:path';
import { reachableFolder } from '@cleanroom/postgres-server';

/** Where the database of an installation lies: in its state folder, or where PostgreSQL can enter when that is closed to it. */
export const databaseFolder = (stateFolder: string): string => join(reachableFolder(stateFolder), 'postgres');
