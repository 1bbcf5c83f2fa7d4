import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { workspaceRoot } from '../src/config.js';
import { runbookFolder, runbooks, type Runbook } from './runbooks.js';

const read = (file: string): string => readFileSync(join(workspaceRoot, file), 'utf8');

const alerts = (
  parse(read('infra/prometheus/alerts.yml')) as {
    groups: { rules: { alert: string; annotations: { runbook_url?: string } }[] }[];
  }
).groups.flatMap(({ rules }) => rules);

const files = globSync(
  [
    '{libs,services}/*/src/**/*.{ts,graphql}',
    'infra/local/src/**/*.ts',
    'docker-compose.yml',
    'infra/compose/*',
  ],
  { cwd: workspaceRoot },
).filter((file) => /\.(ts|graphql|ya?ml|env)$/.test(file) && !file.endsWith('.spec.ts'));
const code = files.map(read).join('\n');
const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts);
const metrics = new Set(
  [...code.matchAll(/(?:name: |tell\()'(cleanroom_[a-z_]+)'/g)].map(([, name]) => name),
);

/** What a text says of something, once each. */
const named = ({ text }: Runbook, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map(([, name = '']) => name)),
];

/** Ways in which runbooks name what the code has, and whether it has it. */
const kinds: readonly [what: string, pattern: RegExp, isThere: (name: string) => boolean][] = [
  ['metric', /\b(cleanroom_[a-z_]+)/g, (name) => metrics.has(name.replace(/_(bucket|count|sum)$/, ''))],
  ['setting', /\b(CLEANROOM_[A-Z_]+)/g, (name) => new RegExp(`\\b${name}\\b`).test(code)],
  ['command', /\bnpm run ([\w:]+)/g, (name) => scripts.includes(name)],
  ['line of a log', /`"([A-Za-z][^"`]*)"`/g, (line) => code.includes(line)],
  [
    'name of the API or the code',
    /`([a-z]+(?:[A-Z][a-z]+)+)`/g,
    (name) => new RegExp(`\\b${name}\\b`).test(code),
  ],
  ['file', /`((?:infra|libs|services)\/[\w./-]+\.\w+)`/g, (file) => existsSync(join(workspaceRoot, file))],
  ['page', /\]\(([\w-]+\.md)\)/g, (page) => existsSync(join(workspaceRoot, runbookFolder, page))],
];

describe('the runbooks', () => {
  it.each(alerts)('have a page for $alert, which its annotation names', ({ alert, annotations }) => {
    const page = runbooks.find(({ file }) => file === annotations.runbook_url);
    expect(page?.text).toMatch(new RegExp(`^# ${alert}\n`));
  });

  it.each(kinds)('name no %s that is not there', (_, pattern, isThere) => {
    const found = runbooks.flatMap((page) => named(page, pattern).map((name) => ({ file: page.file, name })));
    expect(found.filter(({ name }) => !isThere(name))).toEqual([]);
    expect(found).not.toEqual([]);
  });

  const pages = runbooks.filter(({ file }) => !file.endsWith('README.md'));
  const parts = ['For customers', 'What is the matter', 'What to do', 'Never', 'Over when'];

  it.each(pages)('$file has the five parts, in their order, and is in the index', ({ file, text }) => {
    expect([...text.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual(parts);
    expect(runbooks.find((page) => page.file.endsWith('README.md'))?.text).toContain(
      `(${file.slice(runbookFolder.length + 1)})`,
    );
  });
});
