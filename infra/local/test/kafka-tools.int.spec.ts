import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const source = new URL('../kafka/src/missing-tools.ts', import.meta.url).href;
const ASK = `import { missingTools } from '${source}'; process.stdout.write(missingTools() ?? 'nothing');`;

describe('a machine that is to run Apache Kafka', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'cleanroom-tools-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const install = (tool: string, script: string): void => {
    writeFileSync(join(folder, tool), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, tool), 0o755);
  };
  /** What is said on a machine that has nothing but what was installed here. */
  const said = (): string =>
    execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', ASK], {
      env: { PATH: folder },
      encoding: 'utf8',
    });

  it('is told what to install where it has neither Java nor Maven', () => {
    expect(said()).toMatch(
      /no Java.*no Maven[^]*apt-get install default-jre-headless maven[^]*KAFKA_BROKERS/,
    );
  });

  it('is told that its Java is too old', () => {
    install('java', `echo 'openjdk version "11.0.2" 2019-01-15' >&2`);
    install('mvn', 'exit 0');
    expect(said()).toMatch(/Java 11 is too old \(17 or newer/);
  });

  it('lacks nothing with both', () => {
    install('java', `echo 'openjdk version "21" 2023-09-19' >&2`);
    install('mvn', 'exit 0');
    expect(said()).toBe('nothing');
  });
});
