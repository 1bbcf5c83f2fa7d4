import type { Clock } from '@cleanroom/kernel';
import type { Database } from '@cleanroom/persistence';
import type { Metrics } from '@cleanroom/service-kit';

/** Long enough that there is something to tell of, and short enough to tell of today. */
const HOUR_MS = 3_600_000;

/** How long machines took from their order to being ready, those of the last hour of the product's clock. */
export function watchTimeToReady(metrics: Metrics, { worker }: Database, clock: Clock): void {
  const quantiles = [0.5, 0.95];
  metrics.watch({
    name: 'cleanroom_time_to_ready_seconds',
    help: 'Seconds from a machine’s order until it was ready, of the last hour',
    label: 'quantile',
    read: async () => {
      const [row]: { seconds: number[] | null }[] = await worker.query(
        `SELECT percentile_cont($1::float8[]) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM ready_at - ordered_at)) AS seconds
         FROM machine WHERE ready_at > $2`,
        [quantiles, new Date(clock.now().getTime() - HOUR_MS)],
      );
      return (row?.seconds ?? []).map((seconds, n) => [String(quantiles[n]), seconds]);
    },
  });
}
