import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../bin/check-api.mjs', import.meta.url));

const contract = `
  enum Color { RED BLUE }
  input PaintInput { color: Color! = RED  coats: Int }
  type Wall { id: ID!  color: Color  height(unit: String! = "m"): Float }
  type Query { walls(first: Int!): [Wall!]! }
  type Mutation { paint(input: PaintInput!): Wall }
`;

interface Given {
  contract?: string;
  before?: string;
  released?: string;
  schema?: string;
  'not-yet'?: string;
  'taken-back'?: string;
}

describe('the check of the public API', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cleanroom-api-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** The sentences with which it refuses. */
  async function problems(given: Given): Promise<string[]> {
    const schema = given.schema ?? contract;
    const texts = {
      contract,
      before: schema,
      released: schema,
      schema,
      'not-yet': '',
      'taken-back': '',
      ...given,
    };
    const files = Object.entries(texts).map(([name, text]) => ({ name, text, file: join(folder, name) }));
    await Promise.all(files.map(({ file, text }) => writeFile(file, text)));
    const flags = files.flatMap(({ name, file }) => [`--${name}`, file]);
    return new Promise((resolve) =>
      execFile(process.execPath, [script, ...flags], (error, _out, said) => {
        const lines = said.split('\n').filter(Boolean);
        resolve(error && lines.length === 0 ? [error.message] : lines);
      }),
    );
  }
  const changed = (from: string, to: string) => {
    expect(contract).toContain(from);
    return contract.replace(from, to);
  };

  it('has nothing against the contract itself, nor against additions', async () => {
    expect(await problems({})).toEqual([]);
    const more = changed('coats: Int }', 'coats: Int  gloss: Boolean }')
      .replace('RED BLUE', 'RED BLUE GREEN')
      .replace('type Query {', 'type Query { doors: [ID!]!')
      .replace('first: Int!', 'first: Int!, after: String');
    expect(await problems({ schema: more, before: contract })).toEqual([]);
  });

  it.each([
    ['a field', 'color: Color  height', 'height', 'Wall.color is missing'],
    ['a value', 'RED BLUE', 'RED', 'Color.BLUE is missing'],
    ['an argument', '(first: Int!)', '', 'Query.walls.first is missing'],
    ['an input field', '  coats: Int', '', 'PaintInput.coats is missing'],
    ['nullability', '[Wall!]!', '[Wall!]', 'Query.walls: its type is [Wall!], not [Wall!]!'],
    ['an argument’s type', 'first: Int!', 'first: Int', 'Query.walls.first: its type is Int, not Int!'],
    ['a default', '= RED', '= BLUE', 'PaintInput.color: its default is BLUE, not RED'],
    ['a default left out', ' = "m"', '', 'Wall.height.unit: its default is nothing, not "m"'],
    [
      'a demand',
      'coats: Int',
      'coats: Int  gloss: Int!',
      'PaintInput.gloss: it is demanded, not in the contract',
    ],
    [
      'a kind',
      'enum Color { RED BLUE }',
      'scalar Color',
      'Color: its kind is GraphQLScalarType, not GraphQLEnumType',
    ],
  ])('refuses what differs from the contract in %s', async (_what, from, to, said) => {
    const schema = changed(from, to).replace(
      'color: Color! = RED',
      from.includes('enum') ? 'color: Color! = "RED"' : 'color: Color! = RED',
    );
    expect(await problems({ schema })).toContain(said);
  });

  it('lets be missing what is listed, until it is there', async () => {
    const schema = changed('type Mutation { paint(input: PaintInput!): Wall }', '');
    expect(await problems({ schema })).toEqual(['Mutation is missing']);
    expect(await problems({ schema, 'not-yet': '# soon\nMutation\n' })).toEqual([]);
    expect(await problems({ 'not-yet': 'Mutation\n' })).toEqual([
      'Mutation is listed as not yet there, but is not missing: take it off the list',
    ]);
  });

  it('refuses to take away what was published', async () => {
    const before = changed('type Wall {', 'type Wall { width: Float ');
    expect(await problems({ before, schema: contract })).toEqual(['Breaks clients: Wall.width was removed.']);
  });

  it('lets be taken back what is listed, as long as it was not released', async () => {
    const before = changed('type Wall {', 'type Wall { width: Float ');
    const listed = { before, schema: contract, 'taken-back': '# unused\nWall.width was removed.\n' };
    expect(await problems(listed)).toEqual([]);
    expect(await problems({ ...listed, released: before })).toEqual([
      'Breaks clients: Wall.width was removed.',
    ]);
  });

  it('is content with a clone that has neither the contract beside it nor anything before it', async () => {
    const schema = join(folder, 'alone');
    await writeFile(schema, 'type Query { alone: ID }');
    const nowhere = ['contract', 'released', 'not-yet', 'taken-back'].flatMap((name) => [
      `--${name}`,
      join(folder, 'nowhere', name),
    ]);
    const flags = ['--schema', schema, '--before', schema, ...nowhere];
    expect(spawnSync(process.execPath, [script, ...flags])).toMatchObject({ status: 0 });
  });

  it('refuses to take away what was released, also where nothing that landed since has it', async () => {
    const released = changed('type Wall {', 'type Wall { width: Float ');
    expect(await problems({ released })).toEqual(['Breaks clients: Wall.width was removed.']);
  });

  it('knows what was released of the API itself', async () => {
    const file = new URL('../../../infra/api/released.graphql', import.meta.url);
    const released = (await readFile(file, 'utf8')).replace(/^type Runner .*\{$/m, '$&\n  gone: ID');
    const schema = await readFile(new URL('../../../infra/api/schema.graphql', import.meta.url), 'utf8');
    expect(await problems({ contract: schema, schema, released })).toEqual([
      'Breaks clients: Runner.gone was removed.',
    ]);
  });
});
