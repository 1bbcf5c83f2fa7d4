export type { Guest, GuestOptions, StartGuest } from './guests.js';
export type { CallEntry, PrimaryIpLife, ServerLife } from './ledger-entry.js';
export * from './start-hetzner-simulator.js';
