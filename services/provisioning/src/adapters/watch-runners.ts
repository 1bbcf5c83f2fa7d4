import type { Database } from '@cleanroom/persistence';
import type { Metrics } from '@cleanroom/service-kit';
import { runnerStates } from '../domain/runner-state.js';

/** Tells at each reading how many runners are in each state, those of all organisations together. */
export function watchRunners(metrics: Metrics, { worker }: Database): void {
  metrics.watch({
    name: 'cleanroom_runners',
    help: 'Runners in this state',
    label: 'state',
    read: async () => {
      const rows: { state: string; runners: string }[] = await worker.query(
        `SELECT state, count(*) AS runners FROM runner WHERE state <> 'DELETED' GROUP BY state`,
      );
      const counted = new Map(rows.map(({ state, runners }) => [state, Number(runners)]));
      return runnerStates
        .filter((state) => state !== 'DELETED')
        .map((state) => [state, counted.get(state) ?? 0]);
    },
  });
}
