import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '../src/config.js';
import { serviceNames } from '../src/service-names.js';
import type { System } from '../src/system.js';

const PLACES = ['infra/grafana/dashboards/cleanroom.json', 'infra/prometheus/alerts.yml'];
/** What a histogram's one name becomes. */
const PARTS = /_(bucket|count|sum)$/;

/** Names of our figures for which the dashboard and the alerts ask. */
export function askedFigures(): string[] {
  const texts = PLACES.map((path) => readFileSync(join(workspaceRoot, path), 'utf8'));
  const names = texts.flatMap((text) => text.match(/\bcleanroom_[a-z0-9_]+/g) ?? []);
  return [...new Set(names.map((name) => name.replace(PARTS, '')))].sort();
}

/** Names of the figures that the processes of an installation tell. */
export async function toldFigures({ ports }: System): Promise<string[]> {
  const programs = [...serviceNames, 'gateway'] as const;
  const texts = await Promise.all(
    programs.map(async (name) => (await fetch(`http://127.0.0.1:${ports[name]}/metrics`)).text()),
  );
  const names = texts.flatMap((text) =>
    [...text.matchAll(/^# TYPE (cleanroom_\S+)/gm)].map(([, name = '']) => name),
  );
  return [...new Set(names)];
}
