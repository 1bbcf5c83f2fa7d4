import type { EntityManager } from 'typeorm';
import type { Ledger } from '../../ledger-port.js';
import { HetznerProjectTable } from './hetzner-project.table.js';

export const hetznerProjectStore = (tx: EntityManager): Ledger['hetznerProjects'] => {
  const rows = tx.getRepository(HetznerProjectTable);
  return {
    find: async (id) => (await rows.findOneBy({ id })) ?? undefined,
    save: async (project) => void (await rows.upsert(project, ['id'])),
  };
};
