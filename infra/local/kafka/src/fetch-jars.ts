import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { KafkaUnavailable } from './kafka-unavailable.js';
import { missingTools } from './missing-tools.js';

const pom = fileURLToPath(new URL('../pom.xml', import.meta.url));
const FETCH_WITHIN_MS = 5 * 60_000;

/**
 * Fetches the broker's jars through Maven, once for each version of the pom.
 *
 * @param folder where they are kept
 * @returns the folder that holds nothing but them
 * @throws KafkaUnavailable when a tool is missing or the jars cannot be had
 */
export async function fetchJars(folder: string): Promise<string> {
  const missing = missingTools();
  if (missing) throw new KafkaUnavailable(missing);
  const version = createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 16);
  const target = join(folder, version);
  if (existsSync(target)) return target;
  mkdirSync(folder, { recursive: true });
  const draft = mkdtempSync(join(folder, 'draft-'));
  await runMaven(draft);
  try {
    renameSync(draft, target);
  } catch (error) {
    // Somebody else was quicker; what they fetched is the same.
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}

async function runMaven(target: string): Promise<void> {
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${target}`];
  try {
    await promisify(execFile)('mvn', ['-B', '-q', '-f', pom, ...goal], { timeout: FETCH_WITHIN_MS });
  } catch (error) {
    rmSync(target, { recursive: true, force: true });
    const { stdout = '', message } = error as Error & { stdout?: string };
    throw new KafkaUnavailable(`Maven could not fetch the jars of Apache Kafka:\n${stdout || message}`);
  }
}
