import type { EntityManager } from 'typeorm';
import type { Ledger } from '../../ledger-port.js';
import { ConnectionTable } from './connection.table.js';

export const connectionStore = (tx: EntityManager): Ledger['connections'] => {
  const rows = tx.getRepository(ConnectionTable);
  return {
    async find(id) {
      const row = await rows.findOneBy({ id });
      if (!row) return undefined;
      const { signingToken, plainToken, ...connection } = row;
      return { ...connection, hookTokens: { signing: signingToken, plain: plainToken } };
    },
    async save({ hookTokens, ...connection }) {
      const row = { ...connection, signingToken: hookTokens.signing, plainToken: hookTokens.plain };
      await rows.upsert(row, ['id']);
    },
  };
};
