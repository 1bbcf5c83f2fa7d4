import type { JobRow, LedgerEntry, RunnerRow } from '../src/index.js';

export interface LedgerView {
  readonly lastSeq: number;
  readonly callsForgotten: number;
  readonly jobs: JobRow[];
  readonly runners: RunnerRow[];
  readonly calls: Extract<LedgerEntry, { type: 'api-call' }>[];
  readonly webhooks: Extract<LedgerEntry, { type: 'webhook-delivery' }>[];
}

/** The simulator's controls. */
export const adminOf = (url: string) => {
  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const headers: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(`${url}/_sim/${path}`, {
      method,
      headers,
      body: body && JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  return {
    /** @param count how many that are alike */
    queueJobs: async (input: object, count = 1): Promise<number[]> => {
      const job = { project: 'acme/web', script: ['sleep 5'], ...input };
      const ids: number[] = [];
      while (ids.length < count) ids.push((await call<{ id: number }>('POST', 'jobs', job)).id);
      return ids;
    },
    cancelJob: (id: number) => call('POST', `jobs/${id}/cancel`),
    failStuckJobs: () => call('POST', 'stuck-jobs'),
    fault: (rule: object) => call('POST', 'faults', rule),
    workload: (spec: object) => call('POST', 'workload', spec),
    workloadState: () => call<{ statistics: Record<'trace' | 'progress', object> }>('GET', 'workload'),
    rename: (path: string, to: string) => call('POST', 'renames', { path, to }),
    acceptTokens: (tokens: object) => call('PUT', 'tokens', tokens),
    revokeToken: (token: string) => call('DELETE', 'tokens', { token }),
    ledger: (query = '') => call<LedgerView>('GET', `report${query}`),
  };
};

/** Waits until `check` holds; fails loudly when it does not within a minute. */
export async function until(what: string, check: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await new Promise((done) => setTimeout(done, 10));
  }
}
