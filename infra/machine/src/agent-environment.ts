import type { UserDataInput } from './user-data-input.js';

/** Needs no quotes in a shell. */
const plain = /^[A-Za-z0-9_.:/@%+=,-]+$/;
/** Control characters and halves of surrogate pairs: nothing that names a machine or an origin holds them. */
const unspeakable = /[\p{Cc}\p{Cs}]/u;

/**
 * The content of `/etc/cleanroom/agent.env`: `NAME=value` lines that a POSIX shell reads back exactly.
 *
 * @throws TypeError where a value holds a control character: it could begin a line of its own
 */
export function agentEnvironment(input: UserDataInput): string {
  const values = {
    CLEANROOM_ORIGIN: input.origin,
    CLEANROOM_MACHINE: input.machineId,
    CLEANROOM_GENERATION: String(input.generation),
    CLEANROOM_TICKET: input.ticket,
    CLEANROOM_ORIGIN_PIN: input.originPin ?? '',
  };
  return Object.entries(values)
    .map(([name, value]) => `${name}=${quoted(name, value)}\n`)
    .join('');
}

function quoted(name: string, value: string): string {
  if (unspeakable.test(value)) throw new TypeError(`${name} holds a control character`);
  if (value === '' || plain.test(value)) return value;
  return `'${value.replaceAll("'", `'\\''`)}'`;
}
