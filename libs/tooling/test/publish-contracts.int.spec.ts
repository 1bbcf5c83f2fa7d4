import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));

describe('the release of the contracts', () => {
  let root: string;
  const write = (path: string, text: string) => writeFileSync(join(root, path), text);
  const read = (path: string) => readFileSync(join(root, path), 'utf8');

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'cleanroom-release-'));
    mkdirSync(join(root, 'infra/api'), { recursive: true });
    cpSync(fromHere('../../../proto'), join(root, 'proto'), { recursive: true });
    rmSync(join(root, 'proto/published.binpb'));
    write('infra/CHANGELOG.md', '# Changelog\n\n## 0.2.0\n\n## 0.1.0\n');
    write('infra/api/schema.graphql', 'type Query { new: ID }\n');
    write('infra/api/released.graphql', '# Version 0.1.0\n\ntype Query { old: ID }\n');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const release = () =>
    new Promise<string>((resolve) =>
      execFile(
        process.execPath,
        [fromHere('../bin/publish-contracts.mjs'), '--root', root],
        (_error, out, complaint) => resolve(out + complaint),
      ),
    );

  it('takes the API and the events as they are, for a version that is named', async () => {
    expect(await release()).toContain('released as 0.2.0');
    expect(read('infra/api/released.graphql')).toBe('# Version 0.2.0\n\ntype Query { new: ID }\n');
    expect(readFileSync(join(root, 'proto/published.binpb')).length).toBeGreaterThan(1_000);
  });

  it('releases nothing where the events cannot be taken', async () => {
    write('proto/broken.proto', 'no proto');
    expect(await release()).not.toContain('released as');
    expect(read('infra/api/released.graphql')).toBe('# Version 0.1.0\n\ntype Query { old: ID }\n');
  });

  it.each(['0.2.0', '0.10.0', '1.0.0'])('changes nothing where %s is released already', async (version) => {
    write('infra/api/released.graphql', `# Version ${version}\n`);
    expect(await release()).toContain(`Version ${version} is released.`);
    expect(read('infra/api/released.graphql')).toBe(`# Version ${version}\n`);
  });
});
