import type { Clock } from '@cleanroom/kernel';

/** One attempt to deliver a webhook, with what was said on both sides. */
export interface HookEvent {
  readonly id: number;
  readonly hookId: number;
  readonly url: string;
  readonly deliveryId: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string;
  /** Null where no answer came. */
  readonly response: HookResponse | null;
  /** Real time. */
  readonly seconds: number;
  /** By the clock, in milliseconds since 1970. */
  readonly at: number;
}

export interface HookResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Its beginning. */
  readonly body: string;
}

const KEPT_MS = 7 * 86_400_000;
const MOST_KEPT_PER_HOOK = 500;

/** The recent deliveries of each webhook, as GitLab shows them to those who look for what went wrong. */
export class HookEvents {
  private readonly byHook = new Map<number, HookEvent[]>();
  private lastId = 0;

  constructor(private readonly clock: Clock) {}

  add(event: Omit<HookEvent, 'id' | 'at'>): void {
    const events = this.byHook.get(event.hookId) ?? [];
    this.byHook.set(event.hookId, events);
    events.push({ ...event, id: (this.lastId += 1), at: this.clock.now().getTime() });
    if (events.length > MOST_KEPT_PER_HOOK) events.shift();
  }

  /** Those of the last seven days, newest first. */
  of(hookId: number): HookEvent[] {
    const oldest = this.clock.now().getTime() - KEPT_MS;
    return (this.byHook.get(hookId) ?? []).filter(({ at }) => at >= oldest).reverse();
  }

  forget(hookId: number): void {
    this.byHook.delete(hookId);
  }
}
