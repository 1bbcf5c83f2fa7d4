import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { brokerProperties, type BrokerPlace } from './broker-properties.js';
import { KafkaUnavailable } from './kafka-unavailable.js';
import { pidFile, stopOrphanedBroker } from './orphaned-broker.js';

/** A running broker. */
export interface Broker {
  /** host:port for clients. */
  readonly address: string;
  /** Resolves when the process is gone, however that came. */
  readonly ended: Promise<void>;
  /** Ends it as `kill -9` does. */
  kill(): Promise<void>;
  /** Ends it in order; by force when it takes longer than `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/** A cluster of one needs a name, but it means nothing. */
const CLUSTER_ID = 'Q2xlYW5yb29tS2Fma2EwMQ';
const READY_WITHIN_MS = 120_000;
const LOOK_EVERY_MS = 100;

/** A small heap and a compiler that is quick to start: a broker for few messages. */
const jvm = ['-Xms48m', '-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto'];
const logging = [
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  '-Dorg.slf4j.simpleLogger.showDateTime=true',
];

export interface StartOptions {
  /** Told what the broker says. */
  readonly onLog?: (text: string) => void;
  /** Whether the folder goes with this process. @default false */
  readonly removeFolder?: boolean;
}

/** Ends the broker once its keeper is gone, however that died. */
const watch = `
  while kill -0 "$1" 2>/dev/null; do kill -0 "$2" 2>/dev/null || exit 0; sleep 1; done
  kill -KILL "$2" 2>/dev/null; [ -z "$3" ] || { sleep 1; rm -rf "$3"; }`;

/**
 * Starts a broker on its folder, which is made where it is missing, and waits until clients may speak to it. It ends with
 * this process.
 *
 * @param jars what `fetchJars` gave
 * @throws KafkaUnavailable when it does not start
 */
export async function startBroker(
  jars: string,
  place: BrokerPlace,
  { onLog, removeFolder = false }: StartOptions = {},
): Promise<Broker> {
  const { folder, port } = place;
  await stopOrphanedBroker(folder);
  const settings = await prepareFolder(jars, place);
  const log = onLog ? 'pipe' : 'ignore';
  const java = spawn('java', [...jvm, ...logging, '-cp', join(jars, '*'), 'kafka.Kafka', settings], {
    cwd: folder,
    // Of its own group: Ctrl-C at the terminal must not end it before those who still speak to it.
    detached: true,
    stdio: ['ignore', log, log],
  });
  // The guard ends it with this process; it must not keep this process alive.
  java.unref();
  for (const stream of [java.stdout, java.stderr])
    stream?.on('data', (text: Buffer) => onLog?.(text.toString()));
  const ended = new Promise<void>((resolve) => {
    java.once('exit', () => resolve());
    java.once('error', () => resolve());
  });
  guard(folder, java.pid ?? 0, removeFolder);
  const end = async (signal: NodeJS.Signals, graceMs: number) => {
    java.kill(signal);
    const hard = setTimeout(() => java.kill('SIGKILL'), graceMs);
    await ended;
    clearTimeout(hard);
  };
  await listening(port, ended);
  return {
    address: `127.0.0.1:${port}`,
    ended,
    kill: () => end('SIGKILL', 0),
    stop: (graceMs) => end('SIGTERM', graceMs),
  };
}

function guard(folder: string, pid: number, removeFolder: boolean): void {
  writeFileSync(pidFile(folder), String(pid));
  const args = [String(process.pid), String(pid), removeFolder ? folder : ''];
  spawn('sh', ['-c', watch, 'watch', ...args], { detached: true, stdio: 'ignore' }).unref();
}

/** Writes the settings; a new folder is formatted. */
async function prepareFolder(jars: string, place: BrokerPlace): Promise<string> {
  const settings = join(place.folder, 'server.properties');
  mkdirSync(place.folder, { recursive: true });
  writeFileSync(settings, brokerProperties(place));
  if (existsSync(join(place.folder, 'data', 'meta.properties'))) return settings;
  const format = ['format', '--ignore-formatted', '-t', CLUSTER_ID, '-c', settings, ...knownUser(place)];
  try {
    const tool = ['-cp', join(jars, '*'), 'kafka.tools.StorageTool'];
    await promisify(execFile)('java', [...jvm, ...tool, ...format]);
  } catch (error) {
    throw new KafkaUnavailable(`The broker's folder could not be made: ${(error as Error).message}`);
  }
  return settings;
}

const knownUser = ({ guarded }: BrokerPlace): string[] =>
  guarded ? ['--add-scram', `SCRAM-SHA-512=[name=${guarded.user},password=${guarded.password}]`] : [];

async function listening(port: number, ended: Promise<void>): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  let gone = false;
  void ended.then(() => (gone = true));
  while (!(await answers(port))) {
    if (gone) throw new KafkaUnavailable('Apache Kafka ended while it started; see its log');
    if (performance.now() > deadline)
      throw new KafkaUnavailable(`Apache Kafka was not ready in ${READY_WITHIN_MS} ms`);
    await sleep(LOOK_EVERY_MS);
  }
}

/**
 * Who asks a port of the range for outgoing connections again and again may at last be given that very port as its own: it
 * then answers itself and keeps the broker out. Another address of the loopback network, which Linux has, cannot.
 */
const probeFrom = process.platform === 'linux' ? '127.0.0.2' : undefined;

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress: probeFrom });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
