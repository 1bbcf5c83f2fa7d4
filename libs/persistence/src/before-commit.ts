import type { EntityManager, QueryRunner } from 'typeorm';

type Deed = (tx: EntityManager) => Promise<void>;

const deeds = new WeakMap<QueryRunner, Deed[]>();

/**
 * Puts a deed off to the end of the caller's `inOrganization` transaction: for locks that many transactions need and
 * that must therefore be taken last and held briefly. Deeds run in the order in which they were handed in; one that
 * throws rolls the transaction back.
 *
 * @throws Error when the transaction was not opened by `inOrganization`
 */
export function beforeCommit(tx: EntityManager, deed: Deed): void {
  const waiting = tx.queryRunner && deeds.get(tx.queryRunner);
  if (!waiting) throw new Error('beforeCommit needs a transaction of inOrganization');
  waiting.push(deed);
}

/** Runs `work` and then what it put off. */
export async function runBeforeCommit<T>(
  tx: EntityManager,
  work: (tx: EntityManager) => Promise<T>,
): Promise<T> {
  const runner = tx.queryRunner;
  if (!runner) return work(tx);
  const waiting: Deed[] = [];
  deeds.set(runner, waiting);
  try {
    const result = await work(tx);
    for (let deed = waiting.shift(); deed; deed = waiting.shift()) await deed(tx);
    return result;
  } finally {
    deeds.delete(runner);
  }
}
