import { topics } from '@cleanroom/contracts';
import { consumer, type Consumer } from '@cleanroom/messaging';
import { removeBudget } from '../postgres/budget.store.js';
import { keepPool } from '../postgres/pool.store.js';

/** Learns what a pool's machines may be, and drops the budget of one that is gone. */
export const onPool = (): Consumer =>
  consumer(topics.pool, async (tx, { message, version }) => {
    const { poolId: id, name, serverTypes, deleted } = message;
    const isNews = await keepPool(tx, { id, name, serverTypes, deleted }, version);
    if (isNews && deleted) await removeBudget(tx, id);
  });
