import type { UserDataInput } from './user-data-input.js';

/** Control characters and halves of surrogate pairs: nothing that names a machine or an origin holds them. */
const unspeakable = /[\p{Cc}\p{Cs}]/u;

/**
 * The content of `/etc/cleanroom/machine.json`.
 *
 * @throws TypeError where a value holds a control character
 */
export function machineSettings({ origin, originKey, machineId, generation, ticket }: UserDataInput): string {
  const settings = { origin, ...(originKey ? { originKey } : {}), machineId, generation, ticket };
  for (const [name, value] of Object.entries(settings))
    if (unspeakable.test(String(value))) throw new TypeError(`${name} holds a control character`);
  return `${JSON.stringify(settings)}\n`;
}
