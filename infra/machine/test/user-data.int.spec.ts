import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { machineSettings } from '../src/machine-settings.js';
import { renderUserData } from '../src/index.js';
import { describeWith } from './require-tools.js';

const files = fileURLToPath(new URL('../files/', import.meta.url));
const input = { origin: 'https://cleanroom.example', machineId: 'mch_1', generation: 1, ticket: 'crt_abc' };

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'cleanroom-user-data-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (command: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
};

describeWith(['cloud-init'], 'the rendered user data', () => {
  it('is a document that cloud-init knows every key of', () => {
    const file = join(folder, 'user-data.yaml');
    writeFileSync(file, renderUserData(input));
    const { status, output } = run('cloud-init', 'schema', '--config-file', file);
    expect({ status, deprecated: /deprecat.*\S+:/i.test(output), output }).toMatchObject({
      status: 0,
      deprecated: false,
    });
  });
});

describeWith(['python3'], 'the reader that cloud-init uses', () => {
  it('sees the same document as we do', () => {
    const awkward = { ...input, machineId: "no: 'yes' \u00e9 \u2028 \u{1f511} %{x} $(y) `z` #" };
    const program = 'import json,sys,yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout)';
    const { write_files: written } = JSON.parse(
      execFileSync('python3', ['-c', program], { input: renderUserData(awkward), encoding: 'utf8' }),
    ) as { write_files: { content: string; encoding?: string; permissions: string }[] };
    expect(written[0]?.permissions).toBe('0600');
    expect(written[0]?.encoding).toBe('b64');
    expect(Buffer.from(written[0]!.content, 'base64').toString()).toBe(machineSettings(awkward));
  });
});

describeWith(['shellcheck'], 'the scripts of the machine', () => {
  // The parts of the agent are read where it takes them in.
  it.each(['agent.sh', 'harden.sh', 'install-runner.sh'])(
    '%s gives shellcheck nothing to object to',
    (name) => {
      expect(run('shellcheck', '--external-sources', join(files, name))).toEqual({ status: 0, output: '' });
    },
  );
});
