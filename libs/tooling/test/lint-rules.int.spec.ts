import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const samples = fileURLToPath(new URL('./samples/', import.meta.url));

const eslint = new ESLint({ cwd: root, overrideConfigFile: `${root}libs/tooling/eslint.config.mjs` });

/** Lints a text as if it stood at `path`; the config looks at paths only, so no such file needs to exist. */
async function lint(path: string, text: string): Promise<string[]> {
  const results = await eslint.lintText(text, { filePath: `${root}${path}` });
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`));
}

/** Each sample's first line says where it is to stand and a part of the refusal that it must meet. */
function sampleOf(file: string): { at: string; refused: string; text: string } {
  const text = readFileSync(`${samples}${file}`, 'utf8');
  const header = /^\/\/ at: (\S+) \| refused: (.+)$/m.exec(text);
  if (!header) throw new Error(`${file} does not say where it stands and what refuses it`);
  return { at: header[1] ?? '', refused: header[2] ?? '', text };
}

describe('the dependency rules', () => {
  const files = readdirSync(samples);

  it('have a sample for each rule that the design names', () => {
    expect(files.length).toBeGreaterThanOrEqual(12);
  });

  it.each(files)('refuse %s', async (file) => {
    const { at, refused, text } = sampleOf(file);
    expect((await lint(at, text)).join('\n')).toContain(refused);
  });

  it('let a domain file import the kernel and its neighbours', async () => {
    const text =
      "import { ok } from '@cleanroom/kernel';\nimport { b } from './b.js';\nexport const a = ok(b);\n";
    expect(await lint('services/provisioning/src/domain/a.ts', text)).toEqual([]);
  });

  it('let an action import domain, ports and kernel', async () => {
    const text =
      "import { ok } from '@cleanroom/kernel';\nimport { b } from '../domain/b.js';\nimport type { P } from '../ports.js';\nexport const a = (p: P) => ok([b, p]);\n";
    expect(await lint('services/provisioning/src/actions/a.ts', text)).toEqual([]);
  });
});
