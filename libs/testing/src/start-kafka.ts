import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { givenBrokers } from './config.js';
import { startKafkaBroker } from './kafka-broker.js';

/** Each spec file has modules and globals of its own, so only a file tells the next one what is already running. */
const folder = join(tmpdir(), `cleanroom-kafka-of-${process.pid}`);
const addressFile = join(folder, 'address');

let shared: Promise<string> | undefined;

/** host:port of the broker that all specs of one test worker share; the given one, or one that ends with the worker. */
export const startKafka = (): Promise<string> => (shared ??= findOrStart());

async function findOrStart(): Promise<string> {
  const [known = readAddress()] = givenBrokers;
  if (known && (await answers(known))) return known;
  // Of a process that had our number before.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const { address } = await startKafkaBroker({ folder });
  writeFileSync(addressFile, address);
  return address;
}

function readAddress(): string | undefined {
  try {
    return readFileSync(addressFile, 'utf8');
  } catch {
    return undefined;
  }
}

const answers = (address: string): Promise<boolean> =>
  new Promise((resolve) => {
    const [host = '', port] = address.split(':');
    const socket = connect(Number(port), host);
    socket.once('error', () => resolve(false)).once('connect', () => resolve(true));
    socket.once('connect', () => socket.destroy());
  });
