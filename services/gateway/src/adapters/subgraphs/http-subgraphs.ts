import { SpanKind } from '@opentelemetry/api';
import type { Log } from '@cleanroom/kernel';
import { signCall, traceHeaders, withSpan } from '@cleanroom/service-kit/edge';
import { errors as undiciErrors, type Dispatcher } from 'undici';
import { missingAnswer } from './missing-answer.js';
import { postText } from './post-text.js';
import { isTimeout, SubgraphHangs, type SubgraphPulse } from './subgraph-pulse.js';
import type { OperationContext, SubgraphAnswer, SubgraphRequest } from './subgraph-request.js';

export interface HttpSubgraphsOptions {
  /** Where each subgraph answers, by name. */
  readonly urls: Readonly<Record<string, string>>;
  readonly gatewayKey: string;
  readonly dispatcher: Dispatcher;
  readonly pulse: SubgraphPulse;
  readonly log: Log;
}

/** Answers larger than this are not waited for. */
const MOST_ANSWER_BYTES = 16 * 1024 * 1024;

/** Sends queries and mutations to the subgraphs, each request signed for its caller. */
export class HttpSubgraphs {
  constructor(private readonly options: HttpSubgraphsOptions) {}

  /** Never rejects: a subgraph that gives no answer leaves errors in place of its fields. */
  async execute(of: SubgraphRequest, context: OperationContext): Promise<SubgraphAnswer> {
    try {
      return await withSpan(`${of.subgraph} graphql`, { kind: SpanKind.CLIENT }, () =>
        this.#sendIfAlive(of, context),
      );
    } catch (error) {
      // That it hangs was said once.
      if (!(error instanceof SubgraphHangs))
        this.options.log.warn({ error, subgraph: of.subgraph }, 'a subgraph gave no answer');
      return missingAnswer(of.query, isTimeout(error) ? 'This took too long.' : undefined);
    }
  }

  /** What a mutation has begun is waited for; but it is not begun where nobody would answer. */
  async #sendIfAlive(of: SubgraphRequest, context: OperationContext): Promise<SubgraphAnswer> {
    const { pulse } = this.options;
    pulse.demand(of.subgraph);
    if (!of.isQuery) return this.#send(of, context);
    const callsEndAt = Math.min(context.callsEndAt, performance.now() + pulse.patience(of.subgraph));
    return pulse.during(of.subgraph, context.signal, (signal) =>
      this.#send(of, { ...context, callsEndAt, signal }),
    );
  }

  async #send(of: SubgraphRequest, context: OperationContext): Promise<SubgraphAnswer> {
    try {
      return await this.#post(of, context);
    } catch (error) {
      // The service closed an idle connection just as we used it, or was started anew.
      const isStale = error instanceof undiciErrors.SocketError;
      if (isStale && of.isQuery) return this.#post(of, context);
      throw error;
    }
  }

  async #post({ subgraph, query, variables, operationName }: SubgraphRequest, context: OperationContext) {
    const url = new URL(this.options.urls[subgraph] ?? '');
    const body = JSON.stringify({ query, variables, operationName });
    const parts = { method: 'POST', path: `${url.pathname}${url.search}`, body };
    const { status, text } = await postText(this.options.dispatcher, {
      url,
      headers: {
        ...signCall(this.options.gatewayKey, context.caller, parts),
        ...traceHeaders(),
        'content-type': 'application/json',
        accept: 'application/json',
      },
      body,
      signal: context.signal,
      timeoutMs: Math.max(0, context.callsEndAt - performance.now()),
      mostBytes: MOST_ANSWER_BYTES,
    });
    return understood(text, status);
  }
}

function understood(text: string, status: number): SubgraphAnswer {
  const answer = parseJson(text);
  if (typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer))
    return answer as SubgraphAnswer;
  throw new Error(`the answer, of status ${status}, is no GraphQL`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
