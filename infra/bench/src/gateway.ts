import { writeFileSync } from 'node:fs';
import { gatewayReport, type GatewayRow } from './gateway-report.js';
import { startApollo, startOurs, startReplay, subgraphsOf, type Subgraphs } from './gateways.js';
import { startInstallation } from './installation.js';
import { machineLoad } from './machine-load.js';
import { makePool } from './make-pool.js';
import { measureJoinedQuery, pin } from './measure-joined-query.js';
import { untilAll } from './runner-states.js';

const RESULT = new URL('../results/gateway.md', import.meta.url);
const RUNNERS = 100;
const QUERY = `query Fleet($first: Int!) {
  runners(first: $first) {
    nodes {
      id name state stateReason
      pool { id name }
      machine { id generation serverType location paidUntil }
      staticIp { address location status }
      identity { issuer subject }
      firewall { protected policies { name } }
      currentJob { gitlabJobId }
      costToDate { amount currency }
    }
  }
}`;

const load = machineLoad();
const installation = await startInstallation({ speed: 1, servers: 200, latency: 'fast' });
const replay = await startReplay(installation);
const collector = new URL(replay.subgraphs.identity ?? '').origin;

/** Both gateways before the same services, asked for pages of several lengths. */
async function measure(
  services: string,
  subgraphs: Subgraphs,
  pages: readonly number[],
  calls: number,
): Promise<GatewayRow[]> {
  const gateways = [
    await startOurs(installation, subgraphs, collector),
    await startApollo(installation, subgraphs),
  ];
  for (const { pid } of gateways) pin(pid, '0');
  const rows: GatewayRow[] = [];
  for (const first of pages) {
    const asked = { query: QUERY, variables: { first }, calls };
    const figures = await measureJoinedQuery(gateways, installation.demo.apiToken, asked);
    rows.push({ services, first, figures });
  }
  await Promise.all(gateways.map(({ stop }) => stop(2_000)));
  return rows;
}

try {
  const poolId = await makePool(installation, 'joined', RUNNERS);
  await untilAll(installation.ask, poolId, { state: 'ASLEEP', count: RUNNERS, within: 120_000 });
  const fromMemory = await measure('from memory', replay.subgraphs, [10, 50], 600);
  const real = await measure('the services themselves', subgraphsOf(installation), [10], 100);
  const report = gatewayReport([...fromMemory, ...real], load);
  process.stdout.write(report);
  writeFileSync(RESULT, report);
} finally {
  await replay.stop(2_000);
  await installation.stop();
}
process.exit(0);
