import type { BusMessage, EventBus, SubscribeOptions, Subscription } from '../src/event-bus.js';

/** A real bus that cannot be reached until it is told to come. */
export class AbsentBus implements EventBus {
  isThere = false;

  constructor(private readonly bus: EventBus) {}

  get operator(): EventBus['operator'] {
    return this.bus.operator;
  }

  ensureTopics(names: readonly string[]): Promise<void> {
    return this.isThere ? this.bus.ensureTopics(names) : Promise.reject(new Error('there is no bus'));
  }

  publish(messages: readonly BusMessage[]): Promise<void> {
    return this.bus.publish(messages);
  }

  subscribe(options: SubscribeOptions): Promise<Subscription> {
    return this.bus.subscribe(options);
  }

  healthy(): boolean {
    return this.bus.healthy();
  }

  close(): Promise<void> {
    return this.bus.close();
  }
}
