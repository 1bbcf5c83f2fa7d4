import { gettingReady, measuredAt, type GettingReady } from '../domain/time-to-ready.js';
import type { Ledger, Runner, RunnerNews } from '../ledger-port.js';
import { decideCapacity } from './decide-capacity.js';

/** Takes up what provisioning said of a runner; stale news changes nothing. */
export const followRunner = async (ledger: Ledger, news: RunnerNews, now: Date): Promise<void> => {
  const known = await ledger.runners.find(news.id);
  if (known && known.version >= news.version) return;
  const before = preparationOf(known);
  const after = gettingReady(news.state, news.stateSince, before);
  await ledger.runners.save({ ...news, readyingBy: after?.by ?? null, readyingSince: after?.since ?? null });
  const took = measuredAt(news.state, news.stateSince, before);
  if (took) await ledger.readiness.record(news, news.stateSince, took);
  await decideCapacity(ledger, [news.poolId], now);
};

const preparationOf = (runner: Runner | undefined): GettingReady | undefined =>
  runner?.readyingBy && runner.readyingSince
    ? { by: runner.readyingBy, since: runner.readyingSince }
    : undefined;
