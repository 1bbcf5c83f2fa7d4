import type { Demo } from '@cleanroom/local';

export interface HetznerCall {
  readonly operation: string | null;
  readonly status: number | null;
  readonly realAt: string;
  readonly resourceId: number | null;
}

export interface HetznerLedger {
  readonly calls: readonly HetznerCall[];
  readonly servers: readonly {
    readonly id: number;
    readonly labels: Record<string, string>;
    readonly deleted: string | null;
    readonly rebuilds: readonly string[];
  }[];
}

export interface JobFacts {
  readonly jobId: number;
  readonly pickedAt: string | null;
  readonly finishedAt: string | null;
  readonly status: string;
}

/** The simulated Hetzner and GitLab of an installation: their controls and ledgers. */
export class Simulators {
  constructor(private readonly demo: Demo) {}

  hetzner(): Promise<HetznerLedger> {
    return call(this.demo.hetznerUrl.replace(/\/v1$/, ''), 'GET', 'report');
  }

  async gitlabCalls(): Promise<readonly { operation: string; status: number | null }[]> {
    const ledger = await call<{ calls: { operation: string; status: number | null }[] }>(
      this.demo.gitlabUrl,
      'GET',
      'report',
    );
    return ledger.calls;
  }

  async jobs(): Promise<readonly JobFacts[]> {
    return (await call<{ jobs: JobFacts[] }>(this.demo.gitlabUrl, 'GET', 'report')).jobs;
  }

  /** Queues jobs that work for so many seconds of the virtual clock. */
  async queueJobs(tag: string, seconds: number, count = 1): Promise<readonly number[]> {
    const body = { project: 'acme/web', script: [`sleep ${seconds}`], tags: [tag] };
    const queue = () => call<{ id: number }>(this.demo.gitlabUrl, 'POST', 'jobs', body);
    return (await Promise.all(Array.from({ length: count }, queue))).map(({ id }) => id);
  }
}

async function call<T>(url: string, method: string, path: string, body?: object): Promise<T> {
  const sent = body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {};
  const response = await fetch(`${url}/_sim/${path}`, { method, ...sent });
  if (!response.ok) throw new Error(`${method} /_sim/${path} answered ${response.status}`);
  return (await response.json()) as T;
}
