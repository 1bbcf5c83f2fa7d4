import { makeDue } from '@cleanroom/persistence';
import { currentTraceParent } from '@cleanroom/service-kit';
import { LessThan, type EntityManager } from 'typeorm';
import type { Ledger } from '../../ledger-port.js';
import { HintTable } from './hint.table.js';

export const hintStore = (tx: EntityManager): Ledger['hints'] => {
  const rows = tx.getRepository(HintTable);
  return {
    async record(hint) {
      const { raw } = await rows
        .createQueryBuilder()
        .insert()
        .values(hint)
        .orIgnore()
        .returning('id')
        .execute();
      const isNew = (raw as unknown[]).length > 0;
      if (isNew) await makeDue(tx, 'webhook_hint', hint.id, hint.receivedAt, currentTraceParent());
      return isNew;
    },
    async find(id) {
      return (await rows.findOneBy({ id })) ?? undefined;
    },
    async forgetBefore(connectionId, at) {
      await rows.delete({ connectionId, receivedAt: LessThan(at) });
    },
  };
};
