import { timestampDate } from '@bufbuild/protobuf/wkt';
import { StaticIpStatus, StaticIpTrouble, topics } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { consumer } from '@cleanroom/messaging';
import { makeDue } from '@cleanroom/persistence';
import { currentTraceParent } from '@cleanroom/service-kit';
import type { EntityManager } from 'typeorm';
import type { RunnerTrouble } from '../../domain/runner.js';
import { provisioningTransaction } from '../postgres/transactions.js';
import { wakeRunnersWhere } from './wake-runners.js';

const troubleOf: Record<StaticIpTrouble, RunnerTrouble | null> = {
  [StaticIpTrouble.UNSPECIFIED]: null,
  [StaticIpTrouble.CREDENTIALS]: 'CREDENTIALS',
  [StaticIpTrouble.LIMIT]: 'LIMIT',
  [StaticIpTrouble.BUDGET]: 'ADDRESS_BUDGET',
};

/** Whether the runner is without an address, or was until this message. */
const LACKS_ADDRESS = `(state = 'REQUESTED' OR (state = 'ASLEEP' AND (primary_ip_id = 0 OR $4::bigint = 0)))`;

interface Heard {
  readonly pool_id: string;
  readonly trouble: RunnerTrouble | null;
  readonly state_reason: string | null;
  readonly trouble_before: RunnerTrouble | null;
  /** What keeps it from being woken, or when it is next tried, is another than before. */
  readonly is_news: boolean;
}

/**
 * Learns a runner's static IP, and with it its location; or that it is gone, with which the runner's life ends. Without
 * an address a runner cannot be woken, and says why; another of its pool may have to be instead.
 */
export const onStaticIp = (clock: Clock) =>
  consumer(topics.staticIp, async (tx, { message, version }) => {
    const leased = message.status === StaticIpStatus.ACTIVE || message.status === StaticIpStatus.QUARANTINED;
    const released = message.status === StaticIpStatus.RELEASED;
    const [heard]: [Heard[], number] = await tx.query(
      `WITH before AS (SELECT state_reason, trouble, retry_at FROM runner WHERE id = $1)
       UPDATE runner SET static_ip_version = $2, ip_released = $3, primary_ip_id = $4::bigint, address = $5, location = $6,
         state_reason = CASE WHEN ${LACKS_ADDRESS} THEN nullif($7, '') ELSE state_reason END,
         trouble = CASE WHEN ${LACKS_ADDRESS} THEN $8 ELSE trouble END,
         held_by_budget = held_by_budget AND NOT ${LACKS_ADDRESS},
         retry_at = CASE WHEN ${LACKS_ADDRESS} AND $9::timestamptz IS NOT NULL THEN $9
           WHEN primary_ip_id <> $4::bigint OR trouble = 'ADDRESS_BUDGET' THEN NULL ELSE retry_at END
       WHERE id = $1 AND static_ip_version < $2
       RETURNING pool_id, trouble, state_reason, (SELECT before.trouble FROM before) AS trouble_before,
         (SELECT (runner.state_reason, runner.trouble, runner.retry_at) IS DISTINCT FROM
           (before.state_reason, before.trouble, before.retry_at) FROM before) AS is_news`,
      [
        message.runnerId,
        version.toString(),
        released,
        leased ? message.primaryIpId.toString() : '0',
        leased ? message.address : null,
        message.location || null,
        message.reason,
        troubleOf[message.trouble] ?? null,
        message.refusedUntil ? timestampDate(message.refusedUntil) : null,
      ],
    );
    for (const { pool_id: id } of heard) await makeDue(tx, 'pool', id, clock.now(), currentTraceParent());
    for (const news of heard.filter(isAboutBudget)) await tell(tx, clock, message.runnerId, news);
    await wakeRunnersWhere(tx, clock, 'id = $1', message.runnerId);
  });

const isAboutBudget = ({ trouble, trouble_before: before, is_news: isNews }: Heard): boolean =>
  isNews && (trouble === 'ADDRESS_BUDGET' || before === 'ADDRESS_BUDGET');

/** Whoever tells people what their jobs wait for hears of it, and the timeline keeps what a budget refuses. */
async function tell(
  tx: EntityManager,
  clock: Clock,
  runnerId: string,
  { trouble, state_reason: reason }: Heard,
): Promise<void> {
  const { runners, timeline } = provisioningTransaction(tx, clock);
  const runner = await runners.find(runnerId);
  if (!runner) return;
  await runners.change(runner, {});
  if (trouble !== 'ADDRESS_BUDGET' || reason === null) return;
  const message = `no static IP is ordered: ${reason}`;
  const [last] = await timeline.page(runnerId, 1, undefined);
  if (last?.kind === 'BUDGET_EXHAUSTED' && last.message === message) return;
  await timeline.add(runnerId, { kind: 'BUDGET_EXHAUSTED', message, actor: 'identity' });
}
