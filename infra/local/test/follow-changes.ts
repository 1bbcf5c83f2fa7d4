import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** Somebody who follows the runners and comes back wherever the line broke. */
export interface Follower {
  /** Cursors in the order in which they came. */
  readonly cursors: readonly string[];
  /** How often the line broke. */
  readonly breaks: () => number;
  leave(): Promise<void>;
}

const SUBSCRIPTION = `subscription($after: Cursor) { runnerChanged(after: $after) { cursor } }`;
const AGAIN_AFTER_MS = 200;

/** Follows as a dashboard does: with the last cursor that it saw, whenever it has to begin again. */
export function followChanges(url: string, token: string, from: string): Follower {
  const cursors: string[] = [];
  let breaks = 0;
  let left = false;
  let client = connect();

  function connect() {
    const opened = createClient({
      url,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}` },
      retryAttempts: 0,
    });
    const again = () => {
      if (left) return;
      breaks += 1;
      setTimeout(() => (left ? undefined : (client = connect())), AGAIN_AFTER_MS);
    };
    opened.subscribe<{ runnerChanged: { cursor: string } }>(
      { query: SUBSCRIPTION, variables: { after: cursors.at(-1) ?? from } },
      { next: ({ data }) => data && cursors.push(data.runnerChanged.cursor), error: again, complete: again },
    );
    return opened;
  }
  return {
    cursors,
    breaks: () => breaks,
    leave: async () => {
      left = true;
      await client.dispose();
    },
  };
}
