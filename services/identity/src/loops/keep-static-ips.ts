import type { Loop } from '@cleanroom/kernel';
import { keepStaticIp } from '../actions/keep-static-ip.js';
import type { IdentityPorts } from '../ports.js';

/** Leases each runner its static IP, and gives it back. */
export const keepStaticIps: Loop<IdentityPorts> = { table: 'static_ip', step: keepStaticIp };
