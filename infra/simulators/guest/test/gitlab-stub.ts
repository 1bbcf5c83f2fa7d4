import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';

interface Step {
  name: string;
  script: string[];
  when?: string;
}

export interface Update {
  state: string;
  failure_reason?: string;
  exit_code?: number;
  output?: { checksum: string; bytesize: number };
}

/** The runner's half of GitLab, for one runner: hands out the queued jobs and keeps what it is told of them. */
export class GitLabStub {
  readonly queue: Step[][] = [];
  readonly sources = new Set<string>();
  readonly systemIds = new Set<string>();
  readonly updates: Update[] = [];
  trace = Buffer.alloc(0);
  handedOut = 0;
  /** What the next ends are answered instead of 200; 412 forgets the trace. */
  readonly endings: number[] = [];
  /** Said in `Job-Status` of every answer about a job. */
  jobStatus = 'running';
  private lost = new Map<string, number>();

  private readonly server = createServer((request, response) => void this.serve(request, response));

  start = (): Promise<void> => new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The next answers to this method do not arrive; what was asked for happens all the same. */
  loseAnswers(method: string, times = 1): void {
    this.lost.set(method, times);
  }

  isTraceComplete(): boolean {
    const { checksum, bytesize } = this.updates.at(-1)?.output ?? {};
    const sum = `crc32:${crc32(this.trace).toString(16).padStart(8, '0')}`;
    return checksum === sum && bytesize === this.trace.length;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    this.sources.add(request.socket.remoteAddress ?? '');
    const { status, body, headers } = this.reply(request, Buffer.concat(chunks));
    const left = this.lost.get(request.method ?? '') ?? 0;
    if (left > 0) {
      this.lost.set(request.method ?? '', left - 1);
      request.socket.destroy();
      return;
    }
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  }

  private reply(
    request: IncomingMessage,
    bytes: Buffer,
  ): { status: number; body?: object; headers?: object } & {
    headers?: Record<string, string>;
  } {
    if (request.method === 'PATCH') return this.append(request, bytes);
    const said = JSON.parse(bytes.toString('utf8')) as Update & { system_id?: string };
    if (said.system_id !== undefined) this.systemIds.add(said.system_id);
    if (request.url === '/api/v4/jobs/request') return this.handOut();
    this.updates.push(said);
    const status = said.state === 'running' ? 200 : (this.endings.shift() ?? 200);
    if (status === 412) this.trace = Buffer.alloc(0);
    const headers = { 'job-status': this.jobStatus, 'x-gitlab-trace-update-interval': '1' };
    return { status, headers };
  }

  private handOut(): { status: number; body?: object } {
    const steps = this.queue.shift();
    if (!steps) return { status: 204 };
    this.handedOut += 1;
    return { status: 201, body: { id: 1000 + this.handedOut, token: 'glcbt-1', steps } };
  }

  private append(
    { headers }: IncomingMessage,
    bytes: Buffer,
  ): { status: number; headers: Record<string, string> } {
    const [start, end] = String(headers['content-range']).split('-').map(Number);
    const fits = start === this.trace.length && end === this.trace.length + bytes.length - 1;
    if (fits) this.trace = Buffer.concat([this.trace, bytes]);
    const range = `0-${this.trace.length}`;
    return { status: fits ? 202 : 416, headers: { range, 'job-status': this.jobStatus } };
  }
}
