import type { Dispatcher } from 'undici';

export interface PostedText {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Ends the call with its reason. */
  readonly signal: AbortSignal;
  /** Real milliseconds that it may take. */
  readonly timeoutMs: number;
  /** An answer of more is not waited for. */
  readonly mostBytes: number;
}

export interface TextAnswer {
  readonly status: number;
  readonly text: string;
}

type Controller = Dispatcher.DispatchController;

/**
 * Posts a text and reads the answer. It speaks to the dispatcher directly: the streams and signals that a general client
 * makes for each call cost as much as all else that the gateway does for it.
 *
 * @throws what ended it: a DOMException named `TimeoutError`, the signal's reason, or undici's error
 */
export const postText = (dispatcher: Dispatcher, of: PostedText): Promise<TextAnswer> =>
  new Promise((resolve, reject) => {
    let request: Controller | undefined;
    let ended: Error | undefined;
    const settle = (): void => {
      clearTimeout(timer);
      of.signal.removeEventListener('abort', leave);
    };
    // One that still waits for a connection is ended as soon as it has one.
    const fail = (reason: Error): void => {
      ended ??= reason;
      settle();
      reject(ended);
      request?.abort(ended);
    };
    const leave = (): void => fail(of.signal.reason as Error);
    const timer = setTimeout(() => fail(new DOMException('It took too long', 'TimeoutError')), of.timeoutMs);
    of.signal.addEventListener('abort', leave);
    if (of.signal.aborted) return leave();
    const reading = new AnswerReader(of.mostBytes, fail, (answer) => (settle(), resolve(answer)));
    const begin = (controller: Controller): void => {
      request = controller;
      if (ended) controller.abort(ended);
    };
    const { url, headers, body } = of;
    const path = `${url.pathname}${url.search}`;
    const options = { origin: url.origin, path, method: 'POST', headers: { ...headers }, body } as const;
    try {
      dispatcher.dispatch(options, reading.handler(begin));
    } catch (error) {
      fail(error as Error);
    }
  });

class AnswerReader {
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #status = 0;

  constructor(
    private readonly mostBytes: number,
    private readonly onError: (error: Error) => void,
    private readonly onEnd: (answer: TextAnswer) => void,
  ) {}

  handler(onRequestStart: (controller: Controller) => void): Dispatcher.DispatchHandler {
    return {
      onRequestStart,
      onResponseStart: (_controller, status) => void (this.#status = status),
      onResponseData: (_controller, chunk) => this.#read(chunk),
      onResponseEnd: () => this.onEnd({ status: this.#status, text: Buffer.concat(this.#chunks).toString() }),
      onResponseError: (_controller, error) => this.onError(error),
    };
  }

  #read(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.mostBytes) this.onError(new Error('the answer is too large'));
    else this.#chunks.push(chunk);
  }
}
