import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { serviceNames } from '../../src/service-names.js';
import { showTransitions } from '../../src/show-transitions.js';
import { showCanaries, type Shown } from '../canaries.js';
import { eventually } from '../eventually.js';
import { readFleet } from '../fleet.js';
import { startTestInstallation, type TestInstallation } from '../installation.js';
import { startOtlpCollector } from '../otlp-collector.js';
import { secretsIn } from '../secrets-in.js';
import { windowOfASchedule } from '../window-of-a-schedule.js';

const databases = ['provisioning', 'identity', 'firewall', 'scheduling', 'billing', 'bus'];

/** Far from midnight, when a window of the day would open as another one ends. */
const NOON = '12:00';

describe('an installation at debug level with a collector', () => {
  let installation: TestInstallation;
  let collector: Awaited<ReturnType<typeof startOtlpCollector>>;
  const watched: string[] = [];
  const printed: string[] = [];
  let shown: Shown;

  beforeAll(async () => {
    collector = await startOtlpCollector();
    installation = await startTestInstallation({
      // Slow enough that the webhook comes before the poll that would find the job without it, and a wake fits into the
      // minutes that are reckoned with before a window.
      speed: 4,
      timeOfDay: NOON,
      logLevel: 'debug',
      otlpEndpoint: collector.endpoint,
    });
    const { subscriptionsUrl, apiToken } = installation.demo;
    showTransitions(subscriptionsUrl, apiToken, (line) => printed.push(line));
    // Nobody is kept warm: the job itself must wake a runner.
    const pool = (await readFleet(installation.ask))[0]?.pool.id;
    await installation.ask(
      `mutation($pool: ID!) {
        assignSchedule(poolId: $pool) { userErrors { code } }
        pauseRunnerPool(id: $pool, paused: true) { userErrors { code } }
      }`,
      { pool },
    );
    await eventually(
      async () => (await readFleet(installation.ask)).every(({ state }) => state === 'ASLEEP'),
      { within: 270_000 },
    );
    await installation.ask(
      `mutation($pool: ID!) { pauseRunnerPool(id: $pool, paused: false) { userErrors { code } } }`,
      { pool },
    );
    const [jobId = 0] = await installation.gitlab.queueJobs({ seconds: 30 });
    await eventually(async () => (await installation.gitlab.jobs([jobId]))[0]?.status === 'success', {
      within: 180_000,
    });
    watched.push(processList());
    shown = await showCanaries(installation);
    watched.push(processList());
  }, 600_000);

  afterAll(async () => {
    await installation?.stop();
    collector?.stop();
  }, 60_000);

  it("carries one trace from GitLab's webhook over the bus to the order of the server", async () => {
    const ofTrace = await eventually(
      () => {
        const webhooks = collector.spans.filter(
          ({ service, name }) => service === 'scheduling' && /^POST .*webhooks/.test(name),
        );
        const traces = webhooks.map((webhook) =>
          collector.spans.filter(({ traceId }) => traceId === webhook.traceId),
        );
        return traces.find((spans) => spans.some(isOrder)) ?? false;
      },
      { within: 60_000 },
    );
    const order = ofTrace.find(isOrder);
    expect(order?.name).toContain(`127.0.0.1:${installation.system.ports.hetzner}`);
    expect(ofTrace.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['cleanroom.scheduling.capacity.v1 process', 'runner step']),
    );
  }, 90_000);

  describe(
    'with a window of a schedule',
    windowOfASchedule(() => installation),
  );

  it('shows no secret in logs, traces, tables, events, metrics, answers, process lists or demo output', async () => {
    const { folder } = installation.system;
    const logs = readdirSync(folder.file('logs')).map((name) => ({
      name,
      text: readFileSync(folder.file(`logs/${name}`), 'utf8'),
    }));
    const places = [
      ...logs,
      { name: 'traces', text: collector.texts.join('\n') },
      { name: 'process list', text: watched.join('\n') },
      { name: 'what npm start prints', text: printed.join('\n') },
      ...shown.answers,
      ...(await metrics(installation)),
      ...(await dumps(installation)),
    ];
    const found = places.flatMap(({ name, text }) =>
      secretsIn(text, folder.state, shown.canaries).map((secret) => `${name}: ${secret}`),
    );
    expect(found).toEqual([]);
    expect(shown.canaries.length).toBeGreaterThan(30);
    expect(logs.map(({ text }) => text).join('')).toContain('"level":"debug"');
    expect(collector.texts.join()).toContain('runner step');
    expect(printed.join()).toContain('IDLE → BUSY');
  }, 180_000);
});

const isOrder = ({ service, name }: { service: string; name: string }): boolean =>
  service === 'provisioning' && name.startsWith('POST ');

const processList = (): string => execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });

const metrics = ({ system: { ports } }: TestInstallation): Promise<{ name: string; text: string }[]> =>
  Promise.all(
    [...serviceNames, 'gateway' as const].map(async (name) => {
      const answer = await fetch(`http://127.0.0.1:${ports[name]}/metrics`);
      return { name: `metrics of ${name}`, text: await answer.text() };
    }),
  );

/** Every row of every table of every database as text, in which binary columns show their bytes too. */
async function dumps({ system }: TestInstallation): Promise<{ name: string; text: string }[]> {
  const password = system.folder.state.databasePasswords.admin;
  const found: { name: string; text: string }[] = [];
  for (const database of databases) {
    const client = new pg.Client(
      `postgres://postgres:${password}@127.0.0.1:${system.ports.postgres}/${database}`,
    );
    await client.connect();
    const tables = await client.query<{ name: string }>(
      `SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables
       WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
    );
    for (const { name } of tables.rows) {
      const rows = await client.query<{ row: object }>(`SELECT to_jsonb(t) AS row FROM ${name} t`);
      const text = rows.rows.map(({ row }) => JSON.stringify(row) + decoded(row)).join('\n');
      found.push({ name: `${database}.${name}`, text });
    }
    await client.end();
  }
  return found;
}

/** bytea columns arrive as `\x…`: a secret stored as bytes must show as well. */
const decoded = (row: object): string =>
  Object.values(row)
    .filter((value): value is string => typeof value === 'string' && value.startsWith('\\x'))
    .map((value) => Buffer.from(value.slice(2), 'hex').toString('latin1'))
    .join('');
