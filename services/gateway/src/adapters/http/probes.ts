import type { ServerResponse } from 'node:http';
import type { Metrics } from '@cleanroom/service-kit/edge';
import { request, type Dispatcher } from 'undici';
import { sendJson } from './send-json.js';

const ANSWER_WITHIN_MS = 1_500;

export interface ProbesOptions {
  readonly origins: Readonly<Record<string, string>>;
  readonly dispatcher: Dispatcher;
  readonly metrics: Metrics;
}

/** What the surroundings of the gateway ask about it. */
export class Probes {
  #metIdentity = false;

  constructor(private readonly options: ProbesOptions) {}

  live(response: ServerResponse): void {
    sendJson(response, 200, { status: 'live' });
  }

  /**
   * Whether callers are to be sent here: from the moment at which identity could be asked for the first time. While it is
   * away later on, those whom we know are served still, and no other gateway would do better.
   */
  async serving(response: ServerResponse): Promise<void> {
    this.#metIdentity ||= await this.#serves('identity');
    const isServing = this.#metIdentity;
    sendJson(response, isServing ? 200 : 503, { status: isServing ? 'serving' : 'not serving' });
  }

  /** Ready when callers can be identified; the other services are reported, and their absence costs only their fields. */
  async ready(response: ServerResponse): Promise<void> {
    const names = Object.keys(this.options.origins);
    const answers = await Promise.all(names.map((name) => this.#serves(name)));
    const services = Object.fromEntries(names.map((name, index) => [name, answers[index] ?? false]));
    const isReady = services.identity === true;
    sendJson(response, isReady ? 200 : 503, { status: isReady ? 'ready' : 'not ready', services });
  }

  async exposition(response: ServerResponse): Promise<void> {
    const { registry } = this.options.metrics;
    response.writeHead(200, { 'content-type': registry.contentType });
    response.end(await registry.metrics());
  }

  /**
   * A service that is not ready, because the bus is away, answers its queries all the same. An old version of it, beside
   * which this gateway begins, can say only whether it is ready.
   */
  async #serves(name: string): Promise<boolean> {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    try {
      const status = await this.#statusOf(name, '/health/serving', signal);
      if (status === 200 || status === 503) return status === 200;
      return (await this.#statusOf(name, '/health/ready', signal)) === 200;
    } catch {
      return false;
    }
  }

  async #statusOf(name: string, path: string, signal: AbortSignal): Promise<number> {
    const { origins, dispatcher } = this.options;
    const { statusCode, body } = await request(`${origins[name]}${path}`, { dispatcher, signal });
    await body.dump();
    return statusCode;
  }
}
