import { spawnSync } from 'node:child_process';

/** The broker's classes are compiled for this one. */
const OLDEST_JAVA = 17;

/** What this machine lacks to run a broker, as a sentence; undefined when nothing. */
export function missingTools(): string | undefined {
  const missing = [javaIsMissing(), mavenIsMissing()].filter((sentence) => sentence !== undefined);
  if (missing.length === 0) return undefined;
  return (
    `Apache Kafka cannot be run here: ${missing.join(' and ')}.\n` +
    '  On Debian and Ubuntu: apt-get install default-jre-headless maven\n' +
    '  Or name a cluster that runs already: KAFKA_BROKERS=host:port'
  );
}

function javaIsMissing(): string | undefined {
  const { status, stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  if (status !== 0) return 'there is no Java';
  const major = Number(/version "(\d+)/.exec(stderr)?.[1]);
  return major < OLDEST_JAVA ? `Java ${major} is too old (${OLDEST_JAVA} or newer is needed)` : undefined;
}

const mavenIsMissing = (): string | undefined =>
  spawnSync('mvn', ['-version']).status === 0 ? undefined : 'there is no Maven, which fetches its jars';
