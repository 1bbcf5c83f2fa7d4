import type { WebSocket } from 'ws';
import type { FakeFleet, FakeRunner } from './fake-fleet.js';

/** Changes of a fleet, as `runnerChanged` tells them. */
export interface ChangeFeed {
  /** Of the last change. */
  cursor(): string;
  /** How many there have been. */
  count(): number;
  /** Speaks graphql-transport-ws with a browser. */
  join(socket: WebSocket): void;
  /** Lets runners change from now on. */
  begin(perSecond: number): void;
  stop(): void;
}

interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: { readonly query: string; readonly variables?: { readonly after?: string } };
}

type Tell = (index: number, runner: FakeRunner) => void;

/** Changes come in small heaps, as they do from a log that is read. */
const TICK_MS = 20;

export function changeFeed(fleet: FakeFleet): ChangeFeed {
  const changes: FakeRunner[] = [];
  const listeners = new Set<Tell>();
  let timer: NodeJS.Timeout | undefined;
  const change = (): void => {
    const runner = fleet.change();
    const index = changes.push(runner);
    for (const tell of listeners) tell(index, runner);
  };
  return {
    cursor: () => String(changes.length),
    count: () => changes.length,
    join: (socket) => follow(socket, changes, listeners),
    begin: (perSecond) => {
      const [began, before] = [performance.now(), changes.length];
      timer = setInterval(() => {
        const due = ((performance.now() - began) / 1_000) * perSecond;
        while (changes.length - before < due) change();
      }, TICK_MS);
    },
    stop: () => clearInterval(timer),
  };
}

function follow(socket: WebSocket, changes: readonly FakeRunner[], listeners: Set<Tell>): void {
  const say = (message: object): void => socket.send(JSON.stringify(message));
  const subscribe = ({ id, payload }: Message): void => {
    // Jobs have a subscription of their own, in which nothing happens here.
    if (!payload?.query.includes('runnerChanged')) return;
    const tell: Tell = (index, runner) =>
      say({ id, type: 'next', payload: { data: { runnerChanged: { cursor: String(index), runner } } } });
    const after = Number(payload.variables?.after ?? changes.length);
    changes.slice(after).forEach((runner, offset) => tell(after + offset + 1, runner));
    listeners.add(tell);
    socket.on('close', () => listeners.delete(tell));
  };
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString()) as Message;
    if (message.type === 'connection_init') say({ type: 'connection_ack' });
    if (message.type === 'ping') say({ type: 'pong' });
    if (message.type === 'subscribe') subscribe(message);
  });
}
