import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { flawOf } from './proof-of.js';
import type { HeardCall } from './proof-of.js';

export interface Report {
  readonly event: string;
  readonly jobId?: number;
  readonly exitCode?: number;
  readonly message?: string;
}

interface Reply {
  readonly status: number;
  readonly body?: object;
  readonly headers?: Record<string, string>;
}

export interface StubOptions {
  readonly ticket: string;
  readonly gitlabUrl?: string;
  /** @default one that no GitLab gave */
  readonly runnerToken?: string;
  /** Answers 503 so many times before the ticket is known. @default 1 */
  readonly notReady?: number;
  /** Answers 202 so many times before the machine is protected. @default 2 */
  readonly waiting?: number;
  readonly port?: number;
}

/** The control plane as a machine sees it, strict about every proof. The agent and the simulated guest both face it. */
export class ControlPlaneStub {
  readonly calls: HeardCall[] = [];
  readonly reports: Report[] = [];
  /** Every flaw of a proof that was ever seen. */
  readonly flaws: string[] = [];
  /** From now on everything is answered with 410. */
  over = false;
  /** An `EVERY_START` pool: after a job there is another, once `waiting` has been answered so often again. */
  series = false;
  /** Status of the answer to every report of this event. */
  refuses: { event: string; status: number } | undefined;
  publicKey: string | undefined;
  notReady: number;
  waiting: number;
  private readonly nonces = new Set<string>();
  private readonly lost = new Map<string, number>();
  private credentials = 0;
  private tokens = 0;

  constructor(
    private readonly server: Server,
    private readonly options: StubOptions,
  ) {
    this.notReady = options.notReady ?? 1;
    this.waiting = options.waiting ?? 2;
    server.on('request', (request, response) => void this.serve(request, response));
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The next answers of this path do not arrive; what was asked for happens all the same. */
  loseAnswers(path: string, times = 1): void {
    this.lost.set(path, times);
  }

  events = (): string[] => this.reports.map(({ event }) => event).filter((event) => event !== 'alive');

  /** Forgets which credential it gave: the machine has to renew. */
  expireCredentials(): void {
    this.credentials += 1;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const call: HeardCall = {
      method: request.method ?? '',
      target: request.url ?? '',
      source: request.socket.remoteAddress ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    this.calls.push(call);
    const path = call.target.split('?')[0] ?? '';
    const { status, body, headers } = this.reply(call, path);
    const left = this.lost.get(path) ?? 0;
    if (left > 0) {
      this.lost.set(path, left - 1);
      request.socket.destroy();
      return;
    }
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body ? JSON.stringify(body) : undefined);
  }

  private reply(call: HeardCall, path: string): Reply {
    if (this.over) return { status: 410, body: { error: 'gone' } };
    if (path === '/machine/v1/enrol' && call.headers.authorization === undefined) return this.enrol(call);
    const refused = this.refusalOf(call, path);
    if (refused) return refused;
    if (path === '/machine/v1/enrol') return this.credential();
    if (path === '/machine/v1/runner') return this.runner();
    if (path === '/machine/v1/report') return this.report(call);
    if (path === '/machine/v1/token') return this.token(call);
    return { status: 404 };
  }

  private refusalOf(call: HeardCall, path: string): Reply | undefined {
    const flaw = this.publicKey ? flawOf(call, this.publicKey, this.nonces) : 'nobody is enrolled';
    if (flaw !== undefined) this.flaws.push(`${call.method} ${call.target}: ${flaw}`);
    const current = call.headers.authorization === `Bearer credential-${this.credentials}`;
    // Renewing is proof of the key alone; everything else needs the credential that is in force.
    if (flaw === undefined && (current || path === '/machine/v1/enrol')) return undefined;
    return { status: 401, body: { error: 'invalid_client' } };
  }

  private enrol({ body }: HeardCall): Reply {
    if (this.notReady-- > 0)
      return { status: 503, body: { error: 'not_ready' }, headers: { 'retry-after': '1' } };
    const { ticket, publicKey } = JSON.parse(body) as { ticket: string; publicKey: string };
    const again = this.publicKey !== undefined && this.publicKey !== publicKey;
    if (ticket !== this.options.ticket || again) return { status: 401, body: { error: 'invalid_ticket' } };
    this.publicKey = publicKey;
    return this.credential();
  }

  private credential(): Reply {
    this.credentials += 1;
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const body = {
      credential: `credential-${this.credentials}`,
      expiresAt,
      runnerId: 'run_1',
      issuer: `${this.origin}/oidc`,
    };
    return { status: 200, body };
  }

  private runner(): Reply {
    const last = this.events().findLast((event) => event.startsWith('job-'));
    if (last === 'job-started' || (last && !this.series)) return { status: 410, body: { error: 'gone' } };
    if (this.waiting-- > 0)
      return { status: 202, body: { status: 'waiting', for: 'firewall' }, headers: { 'retry-after': '1' } };
    const gitlabUrl = this.options.gitlabUrl ?? 'https://gitlab.example';
    const config = {
      gitlabUrl,
      runnerId: 7,
      token: this.options.runnerToken ?? 'glrt-t0k_en.01',
      name: 'web "one"',
      tags: ['"token":"x"'],
    };
    return { status: 200, body: { ...config, executor: 'docker' } };
  }

  private report({ body }: HeardCall): Reply {
    const report = JSON.parse(body) as Report;
    if (report.event === this.refuses?.event) return { status: this.refuses.status };
    this.reports.push(report);
    return { status: 204 };
  }

  private token({ target }: HeardCall): Reply {
    const aud = new URL(target, this.origin).searchParams.get('audience');
    this.tokens += 1;
    const claims = { sub: 'org:o:pool:p:runner:r', aud, jti: String(this.tokens) };
    const token = ['{"alg":"RS256"}', JSON.stringify(claims), 'signature']
      .map((part) => Buffer.from(part).toString('base64url'))
      .join('.');
    return { status: 200, body: { token, expiresAt: new Date(Date.now() + 300_000).toISOString() } };
  }
}

export async function startControlPlaneStub(options: StubOptions): Promise<ControlPlaneStub> {
  const server = createServer();
  const stub = new ControlPlaneStub(server, options);
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  return stub;
}
