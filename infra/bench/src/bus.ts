import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { startKafka, startTestBus } from '@cleanroom/testing';
import { measureBus, type BusFigures } from './measure-bus.js';
import { measureFlood } from './measure-flood.js';
import { measurePlainKafka } from './measure-plain-kafka.js';

const RESULT = new URL('../results/bus.md', import.meta.url);

const address = await startKafka();
const embedded = await startTestBus();
const kafkaUrl = (): string => `kafka://${address}/bench-${randomBytes(4).toString('hex')}`;
const rows = new Map([
  ['embedded, in PostgreSQL', await measureBus(embedded.url)],
  ['Apache Kafka', await measureBus(kafkaUrl())],
]);
await embedded.close();
const flood = await measureFlood(kafkaUrl());
const plain = await measurePlainKafka(address);

const row = (name: string, { p50, p99, perSecond, drained, memory }: BusFigures): string =>
  `| ${name} | ${p50.toFixed(1)} | ${p99.toFixed(1)} | ${perSecond.toFixed(0)} | ${drained.toFixed(1)} | ${(perSecond / plain).toFixed(2)} | ${memory.toFixed(0)} |`;
const report = `# Events from service to service

Commit of the producer to handler of the consumer, through outbox, relay, bus and inbox; both services, their
PostgreSQL and the broker on one machine, all in one process but the last two. Made by \`npm run bench:bus\`.

| bus | p50 ms | p99 ms | events/s | 10,000 drained in s | ÷ plain | memory MB |
| --- | --- | --- | --- | --- | --- | --- |
${[...rows].map(([name, figures]) => row(name, figures)).join('\n')}

- _p50, p99_: at 200 events a second.
- _events/s_: while a backlog of 10,000 drains, each with its transaction of effect and inbox.
- _÷ plain_: of what the Kafka client alone moves in the same run, in batches of 100, without any database:
  ${plain.toFixed(0)} events/s. The goal is 0.5.
- _memory_: of the whole process meanwhile, both services in it.

A consumer by itself, on Apache Kafka, while ${flood.published.toFixed(0)} events a second come in: it handles
${flood.handled.toFixed(0)} a second, and its process grows from ${flood.memoryBefore.toFixed(0)} to at most ${flood.memory.toFixed(0)} MB; what it does not get to waits in the broker.
`;
process.stdout.write(report);
writeFileSync(RESULT, report);
process.exit(0);
