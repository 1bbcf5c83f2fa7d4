export { whyNoAgent } from './agent-process/sandbox.js';
export { startAgentGuest } from './agent-process/start-agent-guest.js';
export type { Guest, GuestBehaviour, GuestOptions } from './guest-options.js';
export { startGuest } from './start-guest.js';
