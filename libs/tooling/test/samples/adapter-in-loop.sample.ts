// at: services/provisioning/src/loops/reconcile-runners.ts | refused: A loop turns
import { HetznerServers } from '../adapters/hetzner/hetzner-servers.js';
export const a = HetznerServers;
