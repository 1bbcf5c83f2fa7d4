import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const BUDGET = 'cleanroom/billing/v1/budget.proto';

interface Usage {
  reads: Set<string>;
  writes: Set<string>;
}
type MapProblems = (
  topics: Record<string, { producer: string; consumers: string[] }>,
  usage: Record<string, Usage>,
) => string[];

describe('the check of the events', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cleanroom-events-'));
    await cp(fromHere('../../../proto'), folder, { recursive: true });
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** What it says of a change to one file; nothing where it has nothing against it. */
  async function afterChange(
    change: (proto: string) => string,
    against = ['--before', fromHere('../../../proto')],
  ): Promise<string> {
    const file = join(folder, BUDGET);
    const proto = await readFile(file, 'utf8');
    expect(change(proto)).not.toBe(proto);
    await writeFile(file, change(proto));
    const flags = ['--proto', folder, ...against];
    const said = await new Promise<string>((resolve) =>
      execFile(process.execPath, [fromHere('../bin/check-events.mjs'), ...flags], (error, out, complaint) =>
        resolve(error ? out + complaint : ''),
      ),
    );
    await writeFile(file, proto);
    return said;
  }

  it('has nothing against a field more', async () => {
    expect(await afterChange((proto) => proto.replace(/\n}\s*$/, '\n  string more = 99;\n}\n'))).toBe('');
  });

  it.each([
    ['is gone', (proto: string) => proto.replace(/^ +bool holds.*\n/m, '')],
    ['has another number', (proto: string) => proto.replace(/(bool holds = )\d+/, '$199')],
    ['has another type', (proto: string) => proto.replace('bool holds', 'string holds')],
  ])('refuses a field that %s', async (_, change) => {
    expect(await afterChange(change)).toContain('"How an event may change"');
  });

  it('refuses also what breaks the last release', async () => {
    const said = await afterChange((proto) => proto.replace('bool holds', 'string holds'), []);
    expect(said).toContain('as of the last release');
  });

  describe('against the services', () => {
    const topics = { budget: { producer: 'billing', consumers: ['provisioning'] } };
    const usage = (billing: Partial<Usage>, provisioning: Partial<Usage>): Record<string, Usage> => {
      const none = { reads: new Set<string>(), writes: new Set<string>() };
      return { billing: { ...none, ...billing }, provisioning: { ...none, ...provisioning } };
    };
    const budget = new Set(['budget']);
    let problems: MapProblems;

    beforeAll(async () => {
      const module = fromHere('../events/map-problems.mjs');
      problems = ((await import(module)) as { mapProblems: MapProblems }).mapProblems;
    });

    it('is content where the map says what they do', () => {
      expect(problems(topics, usage({ writes: budget }, { reads: budget }))).toEqual([]);
    });

    it('finds who does not do what the map says, and who does more', () => {
      expect(problems(topics, usage({ reads: budget }, { writes: budget }))).toEqual([
        'billing reads budget; topics.ts does not say so.',
        'topics.ts says that billing says budget; it never appends one.',
        'topics.ts says that provisioning reads budget; it has no consumer for it.',
        "provisioning appends budget, which is billing's to say.",
      ]);
    });
  });
});
