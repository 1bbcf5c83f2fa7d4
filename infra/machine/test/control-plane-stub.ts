import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { flawOf } from './proof-of.js';
import type { HeardCall } from './proof-of.js';

export interface Report {
  readonly event: string;
  readonly at?: string;
  readonly gitlabJobId?: number;
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
  /** For so long no proof is good enough. */
  refusesProofs = false;
  /** Whether after the end of the runner there may be another, once `waiting` has been answered so often again. */
  series = false;
  /** For how many jobs a runner is to be started. */
  maxBuilds = 1;
  /** Status of the answer to every enrolment. */
  refusesEnrolment: number | undefined;
  /** Status of the answer to every report of this event. */
  refuses: { event: string; status: number } | undefined;
  publicKey: string | undefined;
  notReady: number;
  waiting: number;
  private readonly seen = new Set<string>();
  private readonly lost = new Map<string, number>();
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

  events = (): string[] => this.reports.map(({ event }) => event).filter((event) => event !== 'ALIVE');

  /** What it was told of the work, without the times. */
  work = (): Report[] =>
    this.reports.flatMap(({ at: _, ...report }) => (report.event === 'ALIVE' ? [] : [report]));

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
    if (this.over) return { status: 410, body: { error: 'GENERATION_OVER' } };
    if (path === '/machine/v1/enrol') return this.enrol(call);
    const refused = this.refusalOf(call);
    if (refused) return refused;
    if (path === '/machine/v1/runner') return this.runner();
    if (path === '/machine/v1/report') return this.report(call);
    if (path === '/machine/v1/token') return this.token(call);
    return { status: 404 };
  }

  private refusalOf(call: HeardCall): Reply | undefined {
    const flaw = this.publicKey ? this.flawIn(call, this.publicKey) : 'nobody is enrolled';
    if (!this.refusesProofs && flaw === undefined && call.headers.authorization === 'Bearer credential')
      return undefined;
    return { status: 401, body: { error: 'UNAUTHENTICATED' } };
  }

  private flawIn(call: HeardCall, publicKey: string): string | undefined {
    const flaw = flawOf(call, publicKey, this.seen);
    if (flaw !== undefined) this.flaws.push(`${call.method} ${call.target}: ${flaw}`);
    return flaw;
  }

  private enrol(call: HeardCall): Reply {
    if (this.refusesEnrolment) return { status: this.refusesEnrolment, body: { error: 'REFUSED' } };
    if (this.notReady-- > 0)
      return { status: 503, body: { error: 'MACHINE_UNKNOWN' }, headers: { 'retry-after': '1' } };
    const { ticket, publicKey } = JSON.parse(call.body) as { ticket: string; publicKey: string };
    if (ticket !== this.options.ticket || this.flawIn(call, publicKey) !== undefined)
      return { status: 401, body: { error: 'TICKET_INVALID' } };
    if (this.publicKey !== undefined && this.publicKey !== publicKey)
      return { status: 409, body: { error: 'TICKET_USED' } };
    this.publicKey = publicKey;
    return { status: 201, body: { credential: 'credential' } };
  }

  private runner(): Reply {
    const last = this.events().findLast((event) => event === 'JOB_STARTED' || event === 'RUNNER_EXITED');
    if (last === 'JOB_STARTED' || (last && !this.series))
      return { status: 410, body: { error: 'GENERATION_OVER' } };
    if (this.waiting-- > 0)
      return { status: 202, body: { status: 'NOT_PROTECTED_YET' }, headers: { 'retry-after': '1' } };
    const gitlabUrl = this.options.gitlabUrl ?? 'https://gitlab.example';
    const config = {
      gitlabUrl,
      runnerId: 7,
      token: this.options.runnerToken ?? 'glrt-t0k_en.01',
      maxBuilds: this.maxBuilds,
    };
    return { status: 200, body: config };
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
