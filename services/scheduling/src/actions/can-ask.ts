import type { Connection } from '../ports.js';

/** Whether GitLab may be asked at all: refused credentials are not tried again until they are replaced. */
export const canAsk = (connection: Connection): boolean =>
  !connection.deleted && connection.accessToken !== null && connection.status !== 'CREDENTIALS_INVALID';
