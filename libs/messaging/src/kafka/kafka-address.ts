import { readFileSync } from 'node:fs';
import type { KafkaConfig, SASLOptions } from 'kafkajs';

/** Where a cluster is and how to speak to it. */
export interface KafkaAddress {
  readonly brokers: string[];
  /** Set before the names of topics and groups, so that installations can share a cluster; '' for none. */
  readonly prefix: string;
  readonly ssl: KafkaConfig['ssl'];
  readonly sasl: SASLOptions | undefined;
}

const mechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;

/**
 * Reads `kafka://[user:password@]host:port[/namespace][?broker=host:port…][&tls=true][&ca=file][&sasl=mechanism]`.
 *
 * - `broker`, repeated: further brokers to begin with
 * - `tls`: speak TLS; `ca`: a PEM file with the authority to trust, implies `tls`; `cert` and `key`: PEM files that prove who we are
 * - `sasl`: `plain`, `scram-sha-256` or `scram-sha-512` (the default where a user is named)
 *
 * @throws RangeError when it cannot be read so
 */
export function parseKafkaAddress(text: string): KafkaAddress {
  const url = new URL(text);
  if (url.protocol !== 'kafka:' || !url.hostname || !url.port) {
    throw new RangeError('an address of Kafka looks like kafka://host:port');
  }
  const namespace = url.pathname.replace(/^\//, '');
  if (!/^[A-Za-z0-9_-]*$/.test(namespace)) {
    throw new RangeError('the namespace in an address of Kafka takes letters, digits, _ and -');
  }
  return {
    brokers: [url.host, ...url.searchParams.getAll('broker')],
    prefix: namespace && `${namespace}.`,
    ssl: tlsOf(url.searchParams),
    sasl: saslOf(url),
  };
}

function tlsOf(given: URLSearchParams): KafkaConfig['ssl'] {
  const [ca, cert, key] = ['ca', 'cert', 'key'].map((name) => given.get(name));
  if (!ca && !cert && given.get('tls') !== 'true') return undefined;
  const read = (file: string | null | undefined) => (file ? readFileSync(file, 'utf8') : undefined);
  return { ...(ca && { ca: [read(ca) ?? ''] }), ...(cert && { cert: read(cert), key: read(key) }) };
}

function saslOf({ username, password, searchParams }: URL): SASLOptions | undefined {
  if (!username) return undefined;
  const asked = searchParams.get('sasl') ?? 'scram-sha-512';
  const mechanism = mechanisms.find((name) => name === asked);
  if (!mechanism) throw new RangeError(`sasl in an address of Kafka takes ${mechanisms.join(', ')}`);
  return {
    mechanism: mechanism as 'plain',
    username: decodeURIComponent(username),
    password: decodeURIComponent(password),
  };
}
