import type { BusMessage, DeliveredMessage, EventBus } from '../src/event-bus.js';

/** A bus under test: several connections, as several processes would have. */
export interface BusUnderTest {
  open(clientId: string): Promise<EventBus>;
  close(): Promise<void>;
}

export const TOPIC = 'cleanroom.test.thing.v1';
/** A real broker needs a while to form a group. */
export const PATIENT = { within: 60_000 };

export const message = (key: string, n: number, topic = TOPIC): BusMessage => ({
  topic,
  key,
  headers: { 'ce-id': `${key}-${n}` },
  payload: new TextEncoder().encode(String(n)),
});

export const numberOf = ({ payload }: BusMessage): number => Number(new TextDecoder().decode(payload));

/** Collects what a subscriber got, by key. */
export class Seen {
  readonly all: DeliveredMessage[] = [];

  readonly take = async (m: DeliveredMessage): Promise<void> => void this.all.push(m);

  numbers(key: string): number[] {
    return this.all.filter((m) => m.key === key).map(numberOf);
  }

  ids(): string[] {
    return this.all.map(({ headers }) => headers['ce-id'] ?? '');
  }
}

export const range = (length: number): number[] => Array.from({ length }, (_, n) => n);
