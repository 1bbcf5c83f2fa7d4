import type { KafkaMessage } from 'kafkajs';
import { readRecord } from './read-record.js';

/** Reads what the client hands over, of which its types do not know all. */
const read = (message: object) =>
  readRecord('t', 3, { offset: '7', key: null, value: null, ...message } as KafkaMessage);

describe('a message as it lies in a partition', () => {
  it('is read without key, value and headers', () => {
    const nothing = { topic: 't', partition: 3, offset: 7n, key: '', headers: {}, payload: new Uint8Array() };
    expect(read({})).toEqual(nothing);
  });

  it('has no header that was written without a value: it would pass for the text null', () => {
    const { headers } = read({ headers: { a: null, b: undefined, c: Buffer.from('c'), d: [null] } });
    expect(headers).toEqual({ c: 'c' });
  });

  it('has the first value of a header that was written more than once', () => {
    expect(read({ headers: { a: [Buffer.from('1'), Buffer.from('2')] } }).headers).toEqual({ a: '1' });
  });

  it('has no NUL in its key and in names and values of its headers', () => {
    const { key, headers } = read({ key: Buffer.from('k\0'), headers: { 'n\0': Buffer.from('\0v') } });
    expect([key, headers]).toEqual(['k\uFFFD', { 'n\uFFFD': '\uFFFDv' }]);
  });

  it('is text even where it was written as other bytes', () => {
    const bytes = Buffer.from([0xc3, 0x28]);
    const { key, headers } = read({ key: bytes, headers: { a: bytes } });
    expect([key, headers]).toEqual(['\uFFFD(', { a: '\uFFFD(' }]);
  });
});
