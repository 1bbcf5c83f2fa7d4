import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Where this process keeps the address of its PostgreSQL: each spec file has modules and globals of its own, so only a
 * file tells the next one what is already running.
 */
export const addressFile = join(tmpdir(), `cleanroom-postgres-of-${process.pid}`);
