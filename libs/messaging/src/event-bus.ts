import type { BusOperator } from './bus-operator.js';

/** One message on its way. */
export interface BusMessage {
  readonly topic: string;
  /** Messages of one key of one topic stay in order. */
  readonly key: string;
  readonly headers: Record<string, string>;
  readonly payload: Uint8Array;
}

/** A message as a subscriber gets it. */
export interface DeliveredMessage extends BusMessage {
  /** Where the message lies in its topic; opaque. */
  readonly offset: string;
  /** How often this subscription has tried it, counted from 1. */
  readonly attempt: number;
}

export interface SubscribeOptions {
  /** Members of one group share the messages; each group gets all of them, a new one from the start. */
  readonly group: string;
  readonly topics: readonly string[];
  /** Resolves when the message is done with; a rejection means that it could not be tried, and it comes again. */
  readonly handle: (message: DeliveredMessage) => Promise<void>;
  /** Most messages in hand at once, running or waiting for their key. @default 256 */
  readonly maxInFlight?: number;
}

export interface Subscription {
  /** Takes no further messages, finishes those in hand, commits, and lets other members go on. */
  stop(): Promise<void>;
}

/** The backbone between services: at least once, in order per key. */
export interface EventBus {
  /** Creates the topics that are missing; called by whoever publishes or subscribes, any number of times. */
  ensureTopics(names: readonly string[]): Promise<void>;
  /** Durable when resolved; messages of one key keep the order of the list. */
  publish(messages: readonly BusMessage[]): Promise<void>;
  subscribe(options: SubscribeOptions): Promise<Subscription>;
  /** How it looks from outside: positions of groups, and setting them back. */
  readonly operator: BusOperator;
  /** Whether messages flow; false while the bus cannot be reached. */
  healthy(): boolean;
  /** Stops all subscriptions and disconnects. */
  close(): Promise<void>;
}
