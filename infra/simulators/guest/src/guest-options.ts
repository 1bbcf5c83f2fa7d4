import type { Clock, Log } from '@cleanroom/kernel';

/** What a booted machine knows of itself, and what it may use. */
export interface GuestOptions {
  /** The server's own IPv4 address; everything the guest says comes from it. */
  readonly address: string;
  /** The only source of what the guest does. */
  readonly userData: string;
  readonly serverId: number;
  readonly serverName: string;
  /** Every pause of the guest is one of this clock, with a floor in real time. */
  readonly clock: Clock;
  /** Plain JSON that survives a reboot. The guest writes to it and goes on from what it finds. */
  readonly disk: Record<string, unknown>;
  readonly log: Log;
  readonly behaviour?: GuestBehaviour;
}

/** How a guest disappoints. */
export interface GuestBehaviour {
  /** The server runs, but nothing ever speaks from it. @default false */
  readonly neverBoot?: boolean;
  /** Clock seconds until cloud-init begins. @default 0 */
  readonly bootLateSeconds?: number;
  /** Falls silent as soon as it is enrolled. @default false */
  readonly dieAfterEnrol?: boolean;
}

/** A machine that is switched on. */
export interface Guest {
  /** Cuts the power: nothing is said any more, and no timer or connection is left. Called twice, it does no more. */
  stop(): Promise<void>;
}
