import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { workspaceRoot } from '../src/config.js';
import { serviceNames } from '../src/service-names.js';
import { describeWithTool, runTool } from './deployment-tools.js';

interface AdapterValues {
  rules: { external: { seriesQuery: string; name: { as: string }; metricsQuery: string }[] };
}
interface Autoscaler {
  kind: string;
  spec: { metrics: { external: { metric: { name: string; selector: { matchLabels: object } } } }[] };
}

const folder = join(workspaceRoot, 'infra/k8s');

describeWithTool('promtool', 'what the autoscalers ask for', () => {
  const values = parse(readFileSync(join(folder, 'prometheus-adapter.yaml'), 'utf8')) as AdapterValues;
  const [rule] = values.rules.external;

  it('is what the adapter offers, by the label that it is told apart by', () => {
    for (const name of serviceNames) {
      const documents = parseAllDocuments(readFileSync(join(folder, `base/${name}.yaml`), 'utf8'));
      const found = documents.map((document) => document.toJS() as Autoscaler);
      const autoscaler = found.find(({ kind }) => kind === 'HorizontalPodAutoscaler');
      expect(autoscaler?.spec.metrics[0]?.external.metric).toEqual({
        name: rule?.name.as,
        selector: { matchLabels: { service: name } },
      });
    }
  });

  it('is the lag of all topics of a service, however many processes tell it', async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'cleanroom-autoscaling-'));
    const expr = rule?.metricsQuery
      .replace('<<.Series>>', rule.seriesQuery)
      .replace('<<.LabelMatchers>>', 'service="billing"');
    const lag = (service: string, topic: string, instance: string, value: number) => ({
      series: `cleanroom_consumer_lag{service="${service}",topic="${topic}",instance="${instance}"}`,
      values: `${value}x5`,
    });
    const input_series = [
      ...['one', 'two'].flatMap((instance) => [
        lag('billing', 'pool', instance, 700),
        lag('billing', 'machine', instance, 50),
      ]),
      lag('firewall', 'pool', 'one', 9),
    ];
    const exp_samples = [{ labels: '{service="billing"}', value: 750 }];
    const promql_expr_test = [{ expr, eval_time: '2m', exp_samples }];
    writeFileSync(
      join(scratch, 'test.yml'),
      stringify({ tests: [{ interval: '1m', input_series, promql_expr_test }] }),
    );
    expect(await runTool('promtool', ['test', 'rules', 'test.yml'], scratch)).toContain('SUCCESS');
    rmSync(scratch, { recursive: true });
  });
});
