import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));

describe('the check of the deployment', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'cleanroom-deployment-'));
    for (const path of ['docker-compose.yml', 'infra/compose', 'infra/k8s'])
      cpSync(fromHere(`../../../${path}`), join(root, path), { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const replace = (file: string, from: string, to: string) => {
    const path = join(root, file);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain(from);
    writeFileSync(path, text.replace(from, to));
  };
  const complaints = () =>
    new Promise<string>((resolve) =>
      execFile(
        process.execPath,
        [fromHere('../bin/check-deployment.mjs'), '--root', root],
        (error, _out, said) => resolve(error && said === '' ? error.message : said),
      ),
    );

  it('has nothing against what is there', async () => {
    expect(await complaints()).toBe('');
  });

  it.each([
    ['a key that compose does not know', 'infra/compose/services.yml', 'services:', 'servizes:'],
    ['a field that Kubernetes does not know', 'infra/k8s/base/gateway.yaml', 'selector:', 'selecter:'],
    ['a wrong type in a patch', 'infra/k8s/base/every-deployment.yaml', 'runAsUser: 10001', 'runAsUser: me'],
    ['a version of an API that has no schema', 'infra/k8s/base/gateway.yaml', 'apps/v1', 'apps/v1beta1'],
    ['no YAML', 'infra/k8s/migrations/jobs.yaml', 'kind: Job', 'kind: [Job'],
  ])('refuses %s, and names the file', async (_what, file, from, to) => {
    replace(file, from, to);
    expect(await complaints()).toContain(`${file}: `);
  });
});
