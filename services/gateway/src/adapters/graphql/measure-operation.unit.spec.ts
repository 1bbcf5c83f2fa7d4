import fc from 'fast-check';
import { buildSchema, Kind, parse, type OperationDefinitionNode } from 'graphql';
import { measureOperation } from './measure-operation.js';

const schema = buildSchema(`
  type Query { a: Query b: String list: [Query!]! page(first: Int!): Page }
  type Page { nodes: [Query!]! edges: [Query!]! totalCount: Int }
`);

function measure(query: string, variables = {}) {
  const document = parse(query);
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return measureOperation(schema, document, operation as OperationDefinitionNode, variables);
}

describe('the measure of an operation', () => {
  it.each([
    ['{ b }', 1],
    ['{ a { b } }', 2],
    ['{ a { ... { ... on Query { b } } } b }', 2],
    ['{ ...F } fragment F on Query { a { ...G } } fragment G on Query { a { b } }', 3],
    ['{ __schema { types { name } } }', 1],
  ])('has the depth of the deepest field, spread or not: %s', (query, depth) => {
    expect(measure(query).depth).toBe(depth);
  });

  it('counts introspection apart', () => {
    expect(measure('{ __schema { types { fields { name } } } }').introspectionDepth).toBe(4);
    expect(measure('{ a { b } }').introspectionDepth).toBe(0);
  });

  it('counts aliases and directives wherever they stand, as often as they are spread', () => {
    const query =
      'query @x { x: b ...F ...F @x ... @x { b } } fragment F on Query { y: b z: __typename w: a @x { b @x } }';
    expect(measure(query)).toMatchObject({ aliases: 7, directives: 7 });
  });

  it.each([
    ['{ b }', 1],
    ['{ a { b b } }', 3],
    ['{ page(first: 5) { totalCount } }', 1 + 5],
    ['{ page(first: 5) { nodes { b } } }', 1 + 5 * 2],
    ['{ page(first: 500) { totalCount } }', 1 + 100],
    ['{ page(first: -5) { totalCount } }', 1 + 100],
    ['query ($n: Int!) { page(first: $n) { totalCount } }', 1 + 7],
    ['query ($d: Int! = 9) { page(first: $d) { totalCount } }', 1 + 9],
    ['query ($n: Int! = 9) { page(first: $n) { totalCount } }', 1 + 7],
    ['query ($m: Int!) { page(first: $m) { totalCount } }', 1 + 100],
    ['{ list { b } }', 1 + 10],
    ['{ page(first: 10) { nodes { page(first: 10) { nodes { b } } } } }', 1 + 10 * (1 + 1 + 10 * 2)],
  ])('costs a field, times the length of the lists around it: %s', (query, cost) => {
    expect(measure(query, { n: 7 }).cost).toBe(cost);
  });

  it('is found in the time of the text, not of what it stands for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 40, max: 200 }), (levels) => {
        const fragments = Array.from(
          { length: levels },
          (_, i) => `fragment F${i + 1} on Query { ...F${i} ...F${i} }`,
        );
        const query = `{ ...F${levels} } fragment F0 on Query { b } ${fragments.join(' ')}`;
        const startedAt = performance.now();
        expect(measure(query).cost).toBe(2 ** levels);
        expect(performance.now() - startedAt).toBeLessThan(10_000);
      }),
      { numRuns: 10 },
    );
  });

  it('is finite for a fragment within itself', () => {
    expect(measure('{ ...F } fragment F on Query { a { ...F } }').depth).toBe(1);
  });
});
