import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@cleanroom/testing';
import { parse, stringify } from 'yaml';
import { toolFile } from './deployment-tools.js';

/** A series that a query found. */
export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [at: number, value: string];
}

/** The collector and the Prometheus of docker-compose.yml, on addresses of their own. */
export interface Telemetry {
  /** @throws Error with what Prometheus has against the query */
  query(expression: string): Promise<readonly Series[]>;
  /** Names of the alerts that fire. */
  firing(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

interface TelemetryOptions {
  /** Of the deployment: where the files are that are mounted into both. */
  readonly folder: string;
  /** Names of services to their addresses; `collector` and `prometheus` among them. */
  readonly addresses: Readonly<Record<string, string>>;
}

const READY_WITHIN_MS = 90_000;

/**
 * Starts both with the files that docker-compose.yml mounts. Changed is only what belongs to the network of an engine:
 * the addresses, found by name there, and the pace, so that a test need not wait for a quarter of a minute.
 */
export async function startTelemetry({ folder, addresses }: TelemetryOptions): Promise<Telemetry> {
  const place = join(folder, 'telemetry');
  mkdirSync(place);
  const files = { collector: join(place, 'collector.yaml'), prometheus: join(place, 'prometheus.yml') };
  const collectorText = readFileSync(join(folder, 'infra/otel/collector.yaml'), 'utf8');
  writeFileSync(
    files.collector,
    collectorText
      .replaceAll('0.0.0.0', addresses['collector'] ?? '')
      .replace('flush_interval: 15s', 'flush_interval: 1s'),
  );
  cpSync(join(folder, 'infra/prometheus/alerts.yml'), join(place, 'alerts.yml'));
  const prometheusText = readFileSync(join(folder, 'infra/prometheus/prometheus.yml'), 'utf8');
  writeFileSync(files.prometheus, withoutNames(prometheusText, addresses));
  const url = `http://${addresses['prometheus']}:9090`;
  const running = [
    spawn(toolFile('collector'), ['--config', files.collector], { stdio: 'ignore' }),
    spawn(
      toolFile('prometheus'),
      [
        `--config.file=${files.prometheus}`,
        `--storage.tsdb.path=${join(place, 'data')}`,
        `--web.listen-address=${new URL(url).host}`,
      ],
      { stdio: 'ignore' },
    ),
  ];
  await eventually(
    () =>
      fetch(`${url}/-/ready`).then(
        ({ ok }) => ok,
        () => false,
      ),
    { within: READY_WITHIN_MS },
  );
  return {
    query: async (expression) =>
      (await asked<{ result: Series[] }>(`${url}/api/v1/query?query=${encodeURIComponent(expression)}`))
        .result,
    firing: async () =>
      (
        await asked<{ alerts: { state: string; labels: { alertname: string } }[] }>(`${url}/api/v1/alerts`)
      ).alerts
        .filter(({ state }) => state === 'firing')
        .map(({ labels }) => labels.alertname),
    stop: async () => void (await Promise.all(running.map(ended))),
  };
}

interface ScrapeConfig {
  dns_sd_configs?: { names: string[]; port: number }[];
  static_configs?: { targets: string[] }[];
}

/** An engine answers for its services' names; here they are looked up beforehand. */
function withoutNames(text: string, addresses: Readonly<Record<string, string>>): string {
  const config = parse(text) as { global: { scrape_interval: string }; scrape_configs: ScrapeConfig[] };
  config.global.scrape_interval = '1s';
  for (const scrape of config.scrape_configs) {
    const named = (scrape.dns_sd_configs ?? []).flatMap(({ names, port }) =>
      names.map((name) => `${name}:${port}`),
    );
    const targets = [...named, ...(scrape.static_configs ?? []).flatMap((fixed) => fixed.targets)];
    delete scrape.dns_sd_configs;
    scrape.static_configs = [
      { targets: targets.map((target) => target.replace(/^[a-z]+/, (name) => addresses[name] ?? name)) },
    ];
  }
  return stringify(config);
}

async function asked<T>(url: string): Promise<T> {
  const answer = (await (await fetch(url)).json()) as { status: string; error?: string; data: T };
  if (answer.status !== 'success') throw new Error(answer.error);
  return answer.data;
}

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
