import { useSyncExternalStore } from 'react';
import { productNow } from './settings.js';

const listeners = new Set<() => void>();
let now = productNow();
let timer: ReturnType<typeof setInterval> | undefined;

function listen(listener: () => void): () => void {
  listeners.add(listener);
  // Nobody looked: what was shown last may be long ago.
  if (timer === undefined) now = productNow();
  timer ??= setInterval(tick, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  now = productNow();
  for (const listener of listeners) listener();
}

/** Now, by the product's clock, once a second: all ages on a page change together. */
export const useNow = (): number => useSyncExternalStore(listen, () => now);
