import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  describeUnless,
  eventually,
  startKafkaBroker,
  startPostgresServer,
  type KafkaBroker,
  type PostgresServer,
} from '@cleanroom/testing';
import pg from 'pg';
import { workspaceRoot } from '../../src/config.js';
import { graphqlClient } from '../../src/graphql-client.js';
import { serviceNames } from '../../src/service-names.js';
import { composeProject } from '../compose-project.js';
import { whyNoTools } from '../deployment-tools.js';
import { startTelemetry, type Telemetry } from '../telemetry.js';
import { runContainer, whyNoContainers, type Container, type ContainerHost } from '../container.js';

const programs = [...serviceNames, 'gateway'];
const READY_WITHIN_MS = 120_000;
/** Figures that are there only once a runner has lived, as none does here. */
const OF_LIVES = /cleanroom_(hetzner|time_to_ready)_/;
/** Their own corner of the loopback network: in their containers all listen on the same port. */
const addresses = Object.fromEntries(
  [...programs, 'collector', 'prometheus'].map((name, n) => [name, `127.77.0.${n + 2}`]),
);
const urlOf = (name: string, path: string): string => `http://${addresses[name]}:4000${path}`;

const missing = whyNoContainers() ?? whyNoTools('compose', 'collector', 'prometheus');

describeUnless(missing, 'what docker-compose.yml describes, run without an engine', () => {
  let postgres: PostgresServer;
  let kafka: KafkaBroker;
  let host: ContainerHost;
  let telemetry: Telemetry;
  const running: Container[] = [];

  beforeAll(async () => {
    [postgres, kafka] = await Promise.all([startPostgresServer(), startKafkaBroker()]);
    const project = await composeProject({
      postgres: new URL(postgres.adminUrl).host,
      bus: `kafka://${kafka.address}`,
    });
    host = { project, images: makeImages(), addresses };
    telemetry = await startTelemetry({ folder: project.folder, addresses });
    await makeDatabases(postgres, project.secrets.get('postgres/databases.sql') ?? '');
    for (const name of serviceNames) await toItsEnd(`migrate-${name}`);
    for (const name of serviceNames) running.push(runContainer(host, name));
    for (const name of serviceNames) await ready(name);
    running.push(runContainer(host, 'gateway'));
    await ready('gateway');
  }, 540_000);
  afterAll(async () => {
    await Promise.all(running.map((container) => container.stop()));
    await Promise.all([postgres?.stop(), kafka?.stop(), telemetry?.stop()]);
    host?.project.remove();
    if (host) rmSync(host.images, { recursive: true, force: true });
  }, 180_000);

  const toItsEnd = async (name: string, command?: string[]): Promise<string> => {
    const container = runContainer(host, name, command);
    if ((await container.ended) !== 0) throw new Error(`${name} failed: ${container.output()}`);
    return container.output();
  };
  const ready = (name: string): Promise<void> =>
    eventually(
      () =>
        fetch(urlOf(name, '/health/ready')).then(
          ({ ok }) => ok,
          () => false,
        ),
      {
        within: READY_WITHIN_MS,
      },
    ).then(
      () => undefined,
      (error: unknown) => {
        throw new Error(
          `${name}: ${running
            .map((container) => container.output())
            .join('\n')
            .slice(-4_000)}`,
          {
            cause: error,
          },
        );
      },
    );

  it('serves the organisation that its program made, to its owner and to nobody else', async () => {
    const said = await toItsEnd('identity', ['node', 'dist/organization.mjs', 'create', 'Acme']);
    const { tokens } = JSON.parse(said) as { tokens: { secret: string }[] };
    const ask = (token: string) =>
      graphqlClient(
        urlOf('gateway', '/graphql'),
        token,
      )<{ viewer: { organization: { name: string } } }>(
        '{ viewer { organization { name } } runners(first: 1) { nodes { id } } }',
      );
    await expect(ask(tokens[0]?.secret ?? '')).resolves.toMatchObject({
      viewer: { organization: { name: 'Acme' } },
    });
    await expect(ask('clr_nobody')).rejects.toThrow();
  });

  it('tells an operator in any image how far readers are, and what its service has put aside', async () => {
    const topics = () => toItsEnd('billing', ['node', 'dist/events.mjs']);
    expect(await topics()).toMatch(
      /^cleanroom\.provisioning\.machine\.v1\s+provisioning\s+\d+\s+billing\s+\d+$/m,
    );
    // What billing says at its start may wait for its relay just now.
    await eventually(async () => expect(await topics()).toMatch(/^billing\s+0\s+0\s+0$/m), {
      within: 90_000,
    });
    expect(await toItsEnd('identity', ['node', 'dist/events.mjs', 'letters'])).not.toBe('');
  }, 180_000);

  it('is read by Prometheus, every program of it, and nothing is amiss', async () => {
    await eventually(async () => (await telemetry.query('up == 1')).length === programs.length + 1, {
      within: 60_000,
    });
    expect(await telemetry.firing()).toEqual([]);
  }, 90_000);

  it.each(dashboardQueries())(
    'has something to show on the dashboard under "%s"',
    async (_, expression) => {
      await eventually(async () => (await telemetry.query(expression)).length > 0, { within: 60_000 });
    },
    90_000,
  );

  it.each(programs)('shows %s its own secrets only, and lets it write nowhere', async (name) => {
    const look = `const fs = require('node:fs');
      const writes = ['/', '/cleanroom', '/run', '/run/secrets', '/tmp', '/etc'].filter((folder) => {
        try { fs.writeFileSync(folder + '/x', ''); return true } catch { return false } });
      const status = fs.readFileSync('/proc/self/status', 'utf8');
      const field = (name) => new RegExp(name + ':\\\\s*(\\\\w+)').exec(status)[1];
      console.log(JSON.stringify({ uid: process.getuid(), writes, secrets: fs.readdirSync('/run/secrets'),
        rights: field('CapEff'), more: field('CapBnd'), noNewRights: field('NoNewPrivs') }));`;
    const seen = JSON.parse(await toItsEnd(name, ['node', '-e', look])) as object;
    const own = [...host.project.secrets.keys()].filter((path) => path.startsWith(`${name}/`));
    expect(seen).toEqual({
      uid: 10001,
      writes: [],
      secrets: own.map((path) => path.split('/')[1]).sort(),
      rights: '0000000000000000',
      more: '0000000000000000',
      noNewRights: '1',
    });
  });
});

/** The other queries of the dashboard, by panel. */
function dashboardQueries(): [panel: string, expression: string][] {
  const file = join(workspaceRoot, 'infra/grafana/dashboards/cleanroom.json');
  const { panels } = JSON.parse(readFileSync(file, 'utf8')) as {
    panels: { title: string; targets?: { expr: string }[] }[];
  };
  const all = panels.flatMap(({ title, targets = [] }) =>
    // Grafana puts a stretch of time there that holds some readings.
    targets.map(({ expr }): [string, string] => [title, expr.replaceAll('$__rate_interval', '10s')]),
  );
  return all.filter(([, expression]) => !OF_LIVES.test(expression));
}

/** What the images hold, by service. */
function makeImages(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cleanroom-images-'));
  const program = join(workspaceRoot, 'libs/tooling/bin/image-folder.mjs');
  for (const name of programs) {
    mkdirSync(join(folder, name));
    execFileSync(process.execPath, [program, name, join(folder, name)]);
  }
  return folder;
}

/** Runs what the image of PostgreSQL runs when it is new, and believes nobody's word from then on. */
async function makeDatabases({ adminUrl }: PostgresServer, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    for (const statement of sql.split('\n').filter(Boolean)) await client.query(statement);
    const { rows } = await client.query<{ file: string }>(`SELECT current_setting('hba_file') AS file`);
    const rules = `VALUES ('host all postgres 127.0.0.1/32 trust'), ('host all all 127.0.0.1/32 scram-sha-256')`;
    await client.query(`COPY (${rules}) TO ${client.escapeLiteral(rows[0]?.file ?? '')}`);
    await client.query('SELECT pg_reload_conf()');
  } finally {
    await client.end();
  }
}
