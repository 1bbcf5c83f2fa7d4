import type { IHeaders, KafkaMessage } from 'kafkajs';
import type { BusMessage } from '../event-bus.js';

/** A message as it lies in a partition. */
export interface KafkaRecord extends BusMessage {
  readonly partition: number;
  readonly offset: bigint;
}

/** PostgreSQL takes every character but this one: a message that has it could not even be put aside. */
const readable = (text: string): string => text.replaceAll('\0', '\uFFFD');

/** Reads what anybody may have written: missing keys, values and headers are empty ones. */
export const readRecord = (
  topic: string,
  partition: number,
  { key, value, headers, offset }: KafkaMessage,
): KafkaRecord => ({
  topic,
  partition,
  offset: BigInt(offset),
  key: readable(key?.toString() ?? ''),
  headers: textsOf(headers),
  payload: value ?? new Uint8Array(),
});

/** A header without a value comes as null, which the client's types do not say. */
function textsOf(headers: IHeaders = {}): Record<string, string> {
  const first = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value[0] : value,
  ]);
  return Object.fromEntries(
    first.flatMap(([name, value]) =>
      (value ?? null) === null ? [] : [[readable(String(name)), readable(String(value))]],
    ),
  );
}
