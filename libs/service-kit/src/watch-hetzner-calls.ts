import { onHetznerCall } from '@cleanroom/hetzner';
import { Counter, Gauge } from 'prom-client';
import type { Metrics } from './metrics.js';

/** Counts what this process asks of Hetzner, and tells what each project's rate limit leaves. */
export function watchHetznerCalls({ registry }: Pick<Metrics, 'registry'>): void {
  const registers = [registry];
  const calls = new Counter({
    name: 'cleanroom_hetzner_calls_total',
    help: 'Requests to Hetzner; the status is none where no answer came',
    labelNames: ['operation', 'status'],
    registers,
  });
  const left = new Gauge({
    name: 'cleanroom_hetzner_requests_left',
    help: 'Requests that the rate limit of the project leaves, by its last answer',
    labelNames: ['project'],
    registers,
  });
  onHetznerCall(({ operation, status, project, requestsLeft }) => {
    calls.inc({ operation, status: String(status ?? 'none') });
    if (project !== undefined && requestsLeft !== undefined) left.set({ project }, requestsLeft);
  });
}
