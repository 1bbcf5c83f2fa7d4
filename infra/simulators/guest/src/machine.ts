import type { Clock, Log } from '@cleanroom/kernel';
import type { GuestDisk } from './guest-disk.js';
import type { Patience } from './patience.js';
import type { AgentSettings } from './read-user-data.js';
import type { Voice } from './voice.js';

/** What every step of a guest's life works with. */
export interface Machine {
  readonly address: string;
  readonly settings: AgentSettings;
  readonly disk: GuestDisk;
  readonly voice: Voice;
  readonly patience: Patience;
  readonly clock: Clock;
  readonly log: Log;
}
