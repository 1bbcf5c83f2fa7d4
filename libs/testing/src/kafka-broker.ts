import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { fetchJars, startBroker, type GuardedListener } from '@cleanroom/kafka-broker';
import { freePort } from './free-port.js';

/** A throw-away Apache Kafka on 127.0.0.1 with its own folder. */
export interface KafkaBroker {
  /** host:port for clients. */
  readonly address: string;
  /** The door for clients that prove who they are, where one was asked for. */
  readonly guarded?: GuardedDoor;
  /** Ends it as `kill -9` does. */
  kill(): Promise<void>;
  /** Starts it again in the same folder and on the same port. */
  restart(): Promise<void>;
  /** Stops it and removes its folder. */
  stop(): Promise<void>;
}

/** What a client needs for the guarded door of a broker. */
export interface GuardedDoor {
  /** host:port */
  readonly address: string;
  /** PEM file with the certificate to trust. */
  readonly ca: string;
  readonly user: string;
  readonly password: string;
}

const jarsFolder = fileURLToPath(new URL('../../../.cleanroom/kafka-jars', import.meta.url));

export interface KafkaBrokerOptions {
  /** Whether it also has a door with TLS and SASL. */
  readonly guarded?: boolean;
  /** What it keeps, which goes with it; a fresh one by default. */
  readonly folder?: string;
  /** Where clients are told to come, if not to the broker itself. */
  readonly advertisedPort?: number;
}

/** Starts a broker; it ends with this process. */
export async function startKafkaBroker({
  guarded = false,
  folder = mkdtempSync(join(tmpdir(), 'cleanroom-kafka-')),
  advertisedPort,
}: KafkaBrokerOptions = {}): Promise<KafkaBroker> {
  const jars = await fetchJars(jarsFolder);
  const door = guarded ? await makeDoor(folder) : undefined;
  const place = {
    ...{ folder, port: await freePort(), controllerPort: await freePort() },
    ...(door && { guarded: door }),
    ...(advertisedPort !== undefined && { advertisedPort }),
  };
  const start = () => startBroker(jars, place, { removeFolder: true });
  let broker = await start();
  return {
    address: broker.address,
    ...(door && { guarded: { ...door, address: `127.0.0.1:${door.port}` } }),
    kill: () => broker.kill(),
    restart: async () => void (broker = await start()),
    stop: async () => {
      await broker.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A key and a certificate that nobody else has signed, and a user. */
async function makeDoor(folder: string): Promise<GuardedListener & { ca: string }> {
  const [keystore, ca] = [join(folder, 'broker.p12'), join(folder, 'broker.pem')];
  const keystorePassword = randomBytes(12).toString('hex');
  const run = promisify(execFile);
  const store = ['-keystore', keystore, '-storetype', 'PKCS12', '-storepass', keystorePassword];
  const named = ['-alias', 'broker', '-dname', 'CN=broker', '-ext', 'san=ip:127.0.0.1', '-validity', '2'];
  await run('keytool', ['-genkeypair', '-keyalg', 'EC', ...named, ...store]);
  await run('keytool', ['-exportcert', '-rfc', '-alias', 'broker', '-file', ca, ...store]);
  const password = randomBytes(12).toString('hex');
  return { port: await freePort(), keystore, keystorePassword, user: 'cleanroom', password, ca };
}
