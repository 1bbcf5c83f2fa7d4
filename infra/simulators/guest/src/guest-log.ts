import type { Log } from '@cleanroom/kernel';
import type { GuestOptions } from './guest-options.js';

/** Every line names the guest. */
export function logOf({ log, serverId, serverName, address }: GuestOptions): Log {
  const guest = { serverId, serverName, address };
  return {
    debug: (fields, message) => log.debug({ ...guest, ...fields }, message),
    info: (fields, message) => log.info({ ...guest, ...fields }, message),
    warn: (fields, message) => log.warn({ ...guest, ...fields }, message),
    error: (fields, message) => log.error({ ...guest, ...fields }, message),
  };
}
