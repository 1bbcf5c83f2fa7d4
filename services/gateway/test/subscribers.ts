import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { SmallInstallation } from './small-installation.js';

/** What a subscriber asks for, unless it says otherwise: fields of two services. */
export const runnerChanges = 'subscription { runnerChanged { cursor runner { id name address } } }';

/** The event that {@link runnerChanges} brings of a changed runner. */
export const eventOf = (id: string) => ({
  data: {
    runnerChanged: { cursor: id, runner: { id, name: `runner ${id}`, address: `address of ${id}` } },
  },
});

/** Clients that subscribe at a small installation, and are gone when the spec is over. */
export class Subscribers {
  readonly #clients: Client[] = [];

  constructor(readonly installation: SmallInstallation) {}

  connect(connectionParams: Record<string, unknown> = { authorization: 'Bearer crt_acme' }): Client {
    const client = createClient({
      url: this.installation.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams,
      retryAttempts: 0,
      lazy: true,
    });
    this.#clients.push(client);
    return client;
  }

  /** Subscribes, and keeps what comes and how it ends: an error, a close event or `complete`. */
  listen(
    client: Client,
    query = runnerChanges,
    variables?: Record<string, unknown>,
  ): { events: unknown[]; ended: Promise<unknown> } {
    const events: unknown[] = [];
    const ended = new Promise<unknown>((resolve) => {
      client.subscribe(
        { query, variables },
        { next: (event) => events.push(event), error: resolve, complete: () => resolve('complete') },
      );
    });
    return { events, ended };
  }

  /** Subscribes by server-sent events. */
  stream(signal?: AbortSignal, query = runnerChanges, variables?: object): Promise<Response> {
    return fetch(this.installation.url, {
      method: 'POST',
      headers: {
        authorization: 'Bearer crt_acme',
        'content-type': 'application/json',
        accept: 'text/event-stream',
      },
      body: JSON.stringify({ query, variables }),
      signal,
    });
  }

  async leave(): Promise<void> {
    await Promise.all(this.#clients.splice(0).map((client) => client.dispose()));
  }
}
