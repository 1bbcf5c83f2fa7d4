import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseKafkaAddress } from './kafka-address.js';

describe('the address of a cluster', () => {
  it('names one broker', () => {
    expect(parseKafkaAddress('kafka://127.0.0.1:4030')).toEqual({
      brokers: ['127.0.0.1:4030'],
      prefix: '',
      ssl: undefined,
      sasl: undefined,
    });
  });

  it('names further brokers and a namespace, which goes before every topic and group', () => {
    const { brokers, prefix } = parseKafkaAddress('kafka://a:9092/team-one?broker=b:9092&broker=c:9092');
    expect(brokers).toEqual(['a:9092', 'b:9092', 'c:9092']);
    expect(prefix).toBe('team-one.');
  });

  it('names a user, with SCRAM unless told otherwise', () => {
    const password = 'p@ss/word';
    const address = (query: string) => `kafka://me:${encodeURIComponent(password)}@a:9092${query}`;
    expect(parseKafkaAddress(address('')).sasl).toEqual({
      mechanism: 'scram-sha-512',
      username: 'me',
      password,
    });
    expect(parseKafkaAddress(address('?sasl=plain')).sasl?.mechanism).toBe('plain');
    expect(() => parseKafkaAddress(address('?sasl=kerberos'))).toThrow(RangeError);
  });

  it('asks for TLS, with the authorities of the system or one of its own', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cleanroom-ca-'));
    const file = join(folder, 'ca.pem');
    writeFileSync(file, 'an authority');
    expect(parseKafkaAddress('kafka://a:9092?tls=true').ssl).toEqual({});
    expect(parseKafkaAddress(`kafka://a:9092?ca=${encodeURIComponent(file)}`).ssl).toEqual({
      ca: ['an authority'],
    });
    rmSync(folder, { recursive: true });
  });

  it.each(['kafka://a', 'kafka:///x', 'http://a:1', 'kafka://a:1/two/names', 'kafka://a:1/a.b'])(
    'cannot be %s',
    (text) => expect(() => parseKafkaAddress(text)).toThrow(RangeError),
  );
});
