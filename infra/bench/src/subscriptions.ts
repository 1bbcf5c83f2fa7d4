import { writeFileSync } from 'node:fs';
import { startInstallation } from './installation.js';
import { machineLoad } from './machine-load.js';
import { makePool } from './make-pool.js';
import { measureSubscribers, type SubscriberFigures } from './measure-subscribers.js';
import { untilAll } from './runner-states.js';

const RESULT = new URL('../results/subscriptions.md', import.meta.url);
const RUNNERS = 24;
const GOAL_MS = 100;
const OWN = `subscription { runnerChanged { cursor at from to runner { id name state stateReason } } }`;
const JOINED = `subscription { runnerChanged { cursor at from to
  runner { id name state staticIp { address } firewall { protected } } } }`;
const IDS = `query($id: ID!) { runnerPool(id: $id) { runners(first: 100) { nodes { id } } } }`;

/** What is measured: who listens, and to how much of a runner. */
const crowds = [
  { name: 'of one service', query: OWN, subscribers: 100, runners: 8 },
  { name: 'of one service', query: OWN, subscribers: 1_000, runners: 8 },
  { name: 'of three services', query: JOINED, subscribers: 1_000, runners: 8 },
];

const load = machineLoad();
const installation = await startInstallation({ speed: 1, servers: 100, latency: 'realistic' });
const rows: string[] = [];
try {
  const poolId = await makePool(installation, 'followed', RUNNERS);
  await untilAll(installation.ask, poolId, { state: 'ASLEEP', count: RUNNERS, within: 120_000 });
  type Ids = { runnerPool: { runners: { nodes: { id: string }[] } } };
  const { runnerPool } = await installation.ask<Ids>(IDS, { id: poolId });
  const ids = runnerPool.runners.nodes.map(({ id }) => id);
  for (const { name, query, subscribers, runners } of crowds)
    rows.push(
      row(name, await measureSubscribers(installation, { query, subscribers }, ids.splice(0, runners))),
    );
} finally {
  await installation.stop();
}

function row(name: string, { subscribers, events, p50, p99, last, missed }: SubscriberFigures): string {
  const met = subscribers < 1_000 ? '–' : p99 <= GOAL_MS ? 'met' : 'missed';
  const cells = [name, subscribers, events, p50.toFixed(0), p99.toFixed(0), last.toFixed(0), missed, met];
  process.stderr.write(`${cells.join(' ')}\n`);
  return `| ${cells.join(' | ')} |`;
}

const report = `# From event to subscriber

A runner changes; each subscriber has a WebSocket of its own at the gateway and follows \`runnerChanged\`. Milliseconds from the
instant that the change bears, which is before its commit, to each subscriber's having read it, through change log, subscription of
the service and gateway. All processes, the subscribers' one too, share one machine. Made by \`npm run bench:subscriptions\`.
${load}

| fields | subscribers | events | p50 ms | p99 ms | last subscriber ms | events missed by anybody | goal: p99 at most 100 |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

- _last subscriber_: the median of the events.
- All subscribers have one token and ask the same, so that the gateway has one subscription at the service for all of them. What is
  left is a write to each socket, most of it the system's own work. A runner that wakes changes twice within some
  milliseconds: the second change waits until all have the first, which is what the p99 shows.
`;
process.stdout.write(report);
writeFileSync(RESULT, report);
process.exit(0);
