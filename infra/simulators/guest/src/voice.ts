import { Agent, request as requestHttp } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Agent as TlsAgent, request as requestHttps } from 'node:https';

export interface Call {
  readonly method: string;
  readonly url: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Real milliseconds without a byte after which an answer counts as lost. */
const SILENCE_MS = 10_000;

/** Speaks HTTP from one source address. */
export class Voice {
  private readonly plain: Agent;
  private readonly secure: TlsAgent;

  constructor(
    private readonly address: string,
    private readonly signal: AbortSignal,
  ) {
    this.plain = new Agent({ keepAlive: true, localAddress: address });
    this.secure = new TlsAgent({ keepAlive: true, localAddress: address });
  }

  /** @throws where no whole answer came; any status is an answer */
  say({ method, url, headers = {}, body = '' }: Call): Promise<Answer> {
    const tls = url.startsWith('https:');
    const speak = tls ? requestHttps : requestHttp;
    return new Promise((resolve, reject) => {
      const call = speak(
        url,
        {
          method,
          headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
          agent: tls ? this.secure : this.plain,
          localAddress: this.address,
          signal: this.signal,
          timeout: SILENCE_MS,
        },
        (answer) => void readAll(answer).then(resolve, reject),
      );
      call.once('error', reject);
      call.once('timeout', () => call.destroy(new Error('no answer')));
      call.end(body);
    });
  }

  close(): void {
    this.plain.destroy();
    this.secure.destroy();
  }
}

async function readAll(answer: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString('utf8');
  return { status: answer.statusCode ?? 0, headers: answer.headers, body };
}
