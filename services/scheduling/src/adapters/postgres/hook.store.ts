import type { EntityManager } from 'typeorm';
import type { Hook, Ledger } from '../../ledger-port.js';
import { HookTable, type HookRow } from './hook.table.js';

export const hookStore = (tx: EntityManager): Ledger['hooks'] => {
  const rows = tx.getRepository(HookTable);
  return {
    async find(id) {
      const row = await rows.findOneBy({ id });
      return row ? hookOf(row) : undefined;
    },
    async of(connectionId) {
      return (await rows.findBy({ connectionId })).map(hookOf);
    },
    async save({ target, ...hook }) {
      await rows.upsert({ ...hook, targetKind: target.kind, targetId: target.id }, ['id']);
    },
    async remove(id) {
      await rows.delete({ id });
    },
  };
};

const hookOf = ({ targetKind, targetId, ...hook }: HookRow): Hook => ({
  ...hook,
  target: { kind: targetKind, id: targetId },
});
