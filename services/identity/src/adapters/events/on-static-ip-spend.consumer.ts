import { timestampDate } from '@bufbuild/protobuf/wkt';
import { topics } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { consumer } from '@cleanroom/messaging';
import { knownBudgets } from '@cleanroom/service-kit';
import { isAwaited } from '../../domain/static-ip-payment.js';
import { PostgresStaticIpStore } from '../postgres/static-ip.store.js';

/** Learns whether an address may be ordered. A refusal holds for all others under the same budget that wait to ask. */
export const onStaticIpSpend = (clock: Clock) =>
  consumer(topics.staticIpSpend, async (tx, { message }) => {
    const { runnerId, question, granted, reason, exhaustedScopeId, exhaustedVersion, retryAt } = message;
    const staticIps = new PostgresStaticIpStore(tx);
    const ip = await staticIps.lock(runnerId);
    if (!ip || !isAwaited(ip, question)) return;
    if (!granted && retryAt) {
      const until = timestampDate(retryAt);
      await knownBudgets(tx).refuse({
        ...{ scopeId: exhaustedScopeId, version: exhaustedVersion },
        ...{ until, because: reason },
      });
    }
    await staticIps.answered(runnerId, granted ? 'GRANTED' : 'REFUSED');
    await staticIps.makeDue(runnerId, clock.now());
  });
