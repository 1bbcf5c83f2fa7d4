import type { EntityManager } from 'typeorm';
import type { Ledger } from '../../ledger-port.js';
import type { Connection } from '../../ports.js';
import { ConnectionTable, type ConnectionRow } from './connection.table.js';

export const connectionStore = (tx: EntityManager): Ledger['connections'] => {
  const rows = tx.getRepository(ConnectionTable);
  return {
    async find(id) {
      return connectionOf(await rows.findOneBy({ id }));
    },
    async lock(id) {
      return connectionOf(await rows.findOne({ where: { id }, lock: { mode: 'pessimistic_write' } }));
    },
    async save({ hookTokens, ...connection }) {
      const row = { ...connection, signingToken: hookTokens.signing, plainToken: hookTokens.plain };
      await rows.upsert(row, ['id']);
    },
  };
};

function connectionOf(row: ConnectionRow | null): Connection | undefined {
  if (!row) return undefined;
  const { signingToken, plainToken, ...connection } = row;
  return { ...connection, hookTokens: { signing: signingToken, plain: plainToken } };
}
