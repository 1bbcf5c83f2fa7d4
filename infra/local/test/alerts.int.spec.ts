import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { workspaceRoot } from '../src/config.js';
import { describeWithTool, runTool } from './deployment-tools.js';

const folder = join(workspaceRoot, 'infra/prometheus');
const read = <T>(file: string): T => parse(readFileSync(join(folder, file), 'utf8')) as T;

interface Rules {
  groups: { rules: { alert: string; annotations: Record<string, string> }[] }[];
}
interface RuleTests {
  tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[];
}

describeWithTool('promtool', 'the alerts', () => {
  const rules = read<Rules>('alerts.yml').groups.flatMap((group) => group.rules);

  it('fire when they must and not otherwise, as alerts.test.yml has it', async () => {
    expect(await runTool('promtool', ['test', 'rules', 'alerts.test.yml'], folder)).toContain('SUCCESS');
  });

  it('are all among those that are seen to fire there', () => {
    const seen = read<RuleTests>('alerts.test.yml').tests.flatMap((test) =>
      test.alert_rule_test
        .filter(({ exp_alerts }) => exp_alerts.length > 0)
        .map(({ alertname }) => alertname),
    );
    expect([...new Set(seen)].sort()).toEqual(rules.map(({ alert }) => alert).sort());
  });

  it('say what happened, what to do first, and where the rest is told', () => {
    for (const { annotations } of rules)
      expect(Object.keys(annotations).sort()).toEqual(['action', 'runbook_url', 'summary']);
  });
});
