import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { create, toBinary } from '@bufbuild/protobuf';
import { HetznerProjectChangedSchema, topics } from '@cleanroom/contracts';
import { messagingMigrations, openBus, type BusMessage } from '@cleanroom/messaging';
import { serviceDatabase } from '@cleanroom/testing';
import type { ConsumerReport, Places } from './bus-consumer.js';

const RATE = 10_000;
const SECONDS = 15;
const BATCH = 500;
const KEYS = 5_000;
const PROGRAM = fileURLToPath(new URL('bus-consumer.js', import.meta.url));

/** What a consumer makes of more than it can handle. */
export interface FloodFigures {
  /** Events a second that were really published. */
  readonly published: number;
  /** Events a second that were handled meanwhile. */
  readonly handled: number;
  /** Most memory of the consumer's process, in MB, and what it had before. */
  readonly memory: number;
  readonly memoryBefore: number;
}

/** Pours events into a bus, 10,000 a second where it takes them, beside a consumer in a process of its own. */
export async function measureFlood(url: string): Promise<FloodFigures> {
  const db = await serviceDatabase({ name: 'flood', migrations: messagingMigrations });
  const child = fork(PROGRAM);
  const bus = await openBus(url, { clientId: 'bench-flood' });
  try {
    await bus.ensureTopics([topics.hetznerProject.name]);
    const places: Places = { bus: url, app: db.appUrl, worker: db.workerUrl };
    const before = await ask(child, places);
    const begun = performance.now();
    for (let sent = 0; sent < RATE * SECONDS; sent += BATCH) {
      await bus.publish(messages(sent));
      await sleep(Math.max(0, begun + (sent * 1_000) / RATE - performance.now()));
    }
    const seconds = (performance.now() - begun) / 1_000;
    const { handled, memory } = await ask(child, 'report');
    return {
      ...{ published: (RATE * SECONDS) / seconds, handled: handled / seconds },
      ...{ memory, memoryBefore: before.memory },
    };
  } finally {
    child.disconnect();
    await bus.close();
    await once(child, 'exit');
    await db.close();
  }
}

async function ask(child: ChildProcess, question: Places | 'report'): Promise<ConsumerReport> {
  child.send(question);
  const [report] = (await once(child, 'message')) as [ConsumerReport];
  return report;
}

function messages(first: number): BusMessage[] {
  const run = randomBytes(8).toString('hex');
  return Array.from({ length: BATCH }, (_, n) => {
    const hetznerProjectId = `hp_${(first + n) % KEYS}`;
    const version = BigInt(1 + Math.floor((first + n) / KEYS));
    return {
      topic: topics.hetznerProject.name,
      key: hetznerProjectId,
      headers: {
        'ce-id': `evt_${run}_${n}`,
        'ce-type': HetznerProjectChangedSchema.typeName,
        'ce-time': new Date().toISOString(),
        'cleanroom-organization': 'org_bench',
        'cleanroom-version': version.toString(),
      },
      payload: toBinary(
        HetznerProjectChangedSchema,
        create(HetznerProjectChangedSchema, { hetznerProjectId, organizationId: 'org_bench', version }),
      ),
    };
  });
}
