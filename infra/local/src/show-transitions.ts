import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

interface Change {
  runnerChanged: {
    cursor: string;
    at: string;
    from: string | null;
    to: string;
    runner: {
      name: string;
      stateReason: string | null;
      machine: { serverType: string; location: string; generation: number } | null;
    };
  };
}

const SUBSCRIPTION = `subscription Transitions($after: Cursor) {
  runnerChanged(after: $after) { cursor at from to
    runner { name stateReason machine { serverType location generation } } }
}`;

const AGAIN_AFTER_MS = 500;

/** Prints one line per transition of a runner as it happens, over the public subscription; resumes where it broke off. */
export function showTransitions(url: string, token: string, print: (line: string) => void): void {
  let after: string | undefined;
  const follow = (): void => {
    const client = createClient({
      url,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}` },
      retryAttempts: 0,
    });
    const again = () => setTimeout(follow, AGAIN_AFTER_MS).unref();
    client.subscribe<Change>(
      { query: SUBSCRIPTION, variables: { after } },
      {
        next: ({ data }) => {
          if (!data) return;
          after = data.runnerChanged.cursor;
          print(lineOf(data.runnerChanged));
        },
        error: again,
        complete: again,
      },
    );
  };
  follow();
}

function lineOf({ at, from, to, runner }: Change['runnerChanged']): string {
  const where = runner.machine
    ? `${runner.machine.serverType} ${runner.machine.location} gen ${runner.machine.generation}`
    : '';
  const arrow = `${(from ?? '').padStart(9)} → ${to.padEnd(9)}`;
  return `  ${at.slice(11, 19)}  ${runner.name.padEnd(10)} ${arrow}  ${where.padEnd(18)} ${runner.stateReason ?? ''}`.trimEnd();
}
