import type { Clock, Log } from '@cleanroom/kernel';
import type { Server } from './state.js';
import { watchedDisk } from './watched-disk.js';

/** What a guest is started with: what a real machine would know, and where to speak from. */
export interface GuestOptions {
  /** The server's own IPv4 address, from which it speaks. */
  address: string;
  userData: string;
  serverId: number;
  serverName: string;
  clock: Clock;
  /** Kept with the server until it is rebuilt; the guest may write to it. */
  disk: Record<string, unknown>;
  log: Log;
  behaviour: { dieAfterEnrol?: boolean };
}

export interface Guest {
  stop(): Promise<void>;
}

export type StartGuest = (options: GuestOptions) => Guest;

export interface GuestsOptions {
  readonly start: StartGuest;
  readonly clock: Clock;
  readonly log: Log;
  /** Told whenever a guest writes to its disk. */
  changed(): void;
}

/** The guests that are up, one for each running server at most. */
export class Guests {
  private readonly running = new Map<number, Guest>();
  private readonly stopping = new Set<Promise<void>>();

  constructor(private readonly options: GuestsOptions) {}

  /** Starts the guest of a server; a server without an IPv4 address has nobody to speak. */
  start(server: Server, address: string | undefined, behaviour: GuestOptions['behaviour'] = {}): void {
    this.stop(server.id);
    if (address === undefined) return;
    const { start, clock, log, changed } = this.options;
    try {
      const { id: serverId, name: serverName, userData } = server;
      const disk = watchedDisk(server.disk, changed);
      const guest = start({ address, userData, serverId, serverName, clock, disk, log, behaviour });
      this.running.set(serverId, guest);
    } catch (error) {
      log.error({ err: error, serverId: server.id }, 'a guest could not be started');
    }
  }

  /** Cuts a guest off as a loss of power would. */
  stop(serverId: number): void {
    const guest = this.running.get(serverId);
    if (!guest) return;
    this.running.delete(serverId);
    const stopped = guest.stop().catch((error: unknown) => {
      this.options.log.error({ err: error, serverId }, 'a guest did not stop');
    });
    this.stopping.add(stopped);
    void stopped.finally(() => this.stopping.delete(stopped));
  }

  async stopAll(): Promise<void> {
    for (const serverId of [...this.running.keys()]) this.stop(serverId);
    await Promise.all(this.stopping);
  }

  get count(): number {
    return this.running.size;
  }
}
