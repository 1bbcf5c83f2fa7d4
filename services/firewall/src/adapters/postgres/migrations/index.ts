import { messagingMigrations } from '@cleanroom/messaging';
import { usedNoncesMigration } from '@cleanroom/persistence';
import { Firewall202611230900 } from './202611230900-firewall.js';
import { DriftedAt202611301500 } from './202611301500-drifted-at.js';
import { LeftAt202611301910 } from './202611301910-left-at.js';
import { SeenInForce202611301850 } from './202611301850-seen-in-force.js';
import { SightedFirewalls202611302155 } from './202611302155-sighted-firewalls.js';

/** Everything that the firewall service's database is made of, in order. */
export const migrations = [
  ...messagingMigrations,
  Firewall202611230900,
  DriftedAt202611301500,
  SeenInForce202611301850,
  LeftAt202611301910,
  SightedFirewalls202611302155,
  usedNoncesMigration,
];
