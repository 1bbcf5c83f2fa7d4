import type { Life } from './ledger-entry.js';

/** Beginning and end of a life, as they are told. */
export const span = ({ created, deleted }: Pick<Life, 'created' | 'deleted'>) => ({
  created: new Date(created).toISOString(),
  deleted: deleted === null ? null : new Date(deleted).toISOString(),
});
