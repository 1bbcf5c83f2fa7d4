import type { BusMessage, EventBus } from './event-bus.js';
import { UnrulyBus } from './unruly-bus.js';

/** A bus that can be cut off. */
class Cut {
  readonly arrived = new Set<string>();
  off = false;

  readonly publish = async (messages: readonly BusMessage[]): Promise<void> => {
    if (this.off) throw new Error('cut off');
    for (const { key } of messages) this.arrived.add(key);
  };
  readonly close = async (): Promise<void> => undefined;
}

const message = (n: number): BusMessage => ({
  topic: 'topic',
  key: String(n),
  headers: {},
  payload: new Uint8Array(),
});

describe('an unruly bus', () => {
  it('loses nothing of what is late when it cannot publish, whoever tries again', async () => {
    const cut = new Cut();
    const unruly = new UnrulyBus(cut as unknown as EventBus, { seed: 1 });
    const all = Array.from({ length: 300 }, (_, n) => message(n));
    for (const one of all) {
      cut.off = true;
      await expect(unruly.publish([one])).rejects.toThrow('cut off');
      cut.off = false;
      await unruly.publish([one]);
    }
    await unruly.close();
    expect(all.filter(({ key }) => !cut.arrived.has(key))).toEqual([]);
  });
});
