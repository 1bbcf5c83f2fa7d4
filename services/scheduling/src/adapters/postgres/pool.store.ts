import { isId } from '@cleanroom/kernel';
import type { EntityManager } from 'typeorm';
import type { Ledger } from '../../ledger-port.js';
import { PoolTable } from './pool.table.js';

export const poolStore = (tx: EntityManager): Ledger['pools'] => {
  const rows = tx.getRepository(PoolTable);
  return {
    find: async (id) => (isId('pool', id) ? ((await rows.findOneBy({ id })) ?? undefined) : undefined),
    of: (connectionId) => rows.find({ where: { connectionId, deleted: false }, order: { id: 'ASC' } }),
    rename: async (id, scopePath) => void (await rows.update({ id }, { scopePath })),
    save: async (pool) => void (await rows.upsert({ ...pool, tags: [...pool.tags] }, ['id'])),
  };
};
