import { createClient, type Client } from 'graphql-ws';
import type { Config } from './config.ts';
import type { TypedDocumentString } from './generated/graphql.ts';
import { Refused } from './refused.ts';

/** An answer; a service that is away costs its fields only, which are null then. */
export interface Answered<Result> {
  readonly data: Result;
  /** Where something is missing, such as `runners.nodes.0.costToDate`. */
  readonly missing: readonly string[];
}

interface ApiError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string };
}

const NOT_REGISTERED = 'PERSISTED_QUERY_NOT_FOUND';
const UNAUTHORIZED = 4401;
const PING_EVERY_MS = 5_000;
const ANSWER_WITHIN_MS = 5_000;

/**
 * Asks the public API with typed operations. Sends their hashes, which is enough where the operator has registered
 * `generated/persisted-documents.json`; where not, it sends texts from the first refusal on.
 */
export class CleanroomClient {
  readonly #config: Config;
  #sendsTexts = false;

  constructor(config: Config) {
    this.#config = config;
  }

  /** Asks once. @throws Refused */
  async ask<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
  ): Promise<Answered<Result>> {
    const response = await fetch(this.#config.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.#config.token}` },
      body: JSON.stringify({ ...this.#named(document), variables }),
    });
    const { data, errors = [] } = (await response.json()) as { data?: Result | null; errors?: ApiError[] };
    if (!data) {
      const refused = refusal(errors);
      if (this.#learns(refused)) return this.ask(document, variables);
      throw refused;
    }
    return { data, missing: errors.map(({ path = [] }) => path.join('.')) };
  }

  /**
   * Events over a WebSocket of their own, until it breaks: whoever wants more asks again, after the last cursor seen.
   *
   * @throws Refused; another error where the connection broke
   */
  async *subscribe<Result, Variables extends Record<string, unknown>>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
  ): AsyncGenerator<Result> {
    const client = createClient({
      url: this.#config.url.replace(/^http/, 'ws'),
      connectionParams: { authorization: `Bearer ${this.#config.token}` },
      // It would begin at the same cursor again, and bring twice what came before the break.
      retryAttempts: 0,
      keepAlive: PING_EVERY_MS,
      connectionAckWaitTimeout: ANSWER_WITHIN_MS,
    });
    breakWhenSilent(client);
    try {
      const events = client.iterate<Result>({ ...this.#named(document), variables });
      for await (const { data, errors } of events) {
        if (!data) throw refusal((errors ?? []) as readonly ApiError[]);
        yield data;
      }
    } catch (error) {
      const broken = asError(error);
      if (!this.#learns(broken)) throw broken;
      yield* this.subscribe(document, variables);
    } finally {
      client.terminate();
    }
  }

  #named<Result, Variables>(document: TypedDocumentString<Result, Variables>) {
    if (this.#sendsTexts) return { query: document.toString() };
    // graphql-ws sends no message without a text, so that it is empty.
    return {
      query: '',
      extensions: { persistedQuery: { version: 1, sha256Hash: document.__meta__?.hash as string } },
    };
  }

  /** Whether the same is worth asking once more, as a text. */
  #learns(error: Error): boolean {
    if (this.#sendsTexts || !(error instanceof Refused) || error.code !== NOT_REGISTERED) return false;
    this.#sendsTexts = true;
    return true;
  }
}

/** A network may lose a connection and tell neither end: without a ping nobody would notice. */
function breakWhenSilent(client: Client): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  client.on('ping', (received) => {
    if (!received) timer = setTimeout(() => client.terminate(), ANSWER_WITHIN_MS);
  });
  client.on('pong', () => clearTimeout(timer));
  client.on('closed', () => clearTimeout(timer));
}

function refusal([first]: readonly ApiError[]): Refused {
  return new Refused(first?.message ?? 'Cleanroom gave no answer.', first?.extensions?.code ?? 'INTERNAL');
}

/** What ends a subscription is an error, a list of the API's, or the event with which the socket closed. */
function asError(error: unknown): Error {
  if (error instanceof Error) return error;
  if (Array.isArray(error)) return refusal(error as ApiError[]);
  const { code } = error as { code?: unknown };
  if (code === UNAUTHORIZED) return new Refused('The token is not valid.', 'UNAUTHENTICATED');
  return new Error(`The connection broke (${String(code)}).`);
}
