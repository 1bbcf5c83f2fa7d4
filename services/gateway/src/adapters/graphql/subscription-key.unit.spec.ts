import { buildSchema, getOperationAST, parse } from 'graphql';
import type { CallerFrom } from '../../ports.js';
import { subscriptionKey } from './subscription-key.js';

const schema = buildSchema(`
  type Query { a: Int }
  type Subscription { changed(after: String, pool: ID): Int }`);
const anna: CallerFrom = {
  ...{ kind: 'user', organizationId: 'org_1', role: 'OWNER', name: 'anna', tokenId: 'tok_1' },
  source: '10.0.0.1',
};
const NOW = 'subscription S { changed }';
const WITH_VARIABLES = 'subscription S($after: String, $pool: ID) { changed(after: $after, pool: $pool) }';

function key(query: string, variables: Record<string, unknown> = {}, caller = anna): string | undefined {
  const document = parse(query);
  const operation = getOperationAST(document, 'S');
  if (!operation) throw new Error('no operation');
  return subscriptionKey(schema, { document, operation }, { query, variables, operationName: 'S' }, caller);
}

describe('the key of a subscription', () => {
  it('is the same for one caller who asks for the same, from wherever', () => {
    expect(key(NOW)).toBeDefined();
    expect(key(NOW, {}, { ...anna, source: '10.0.0.2' })).toBe(key(NOW));
    expect(key(WITH_VARIABLES, { pool: 'p' })).toBe(key(WITH_VARIABLES, { pool: 'p' }));
  });

  it.each([
    ['another organisation', { organizationId: 'org_2' }],
    ['another role', { role: 'VIEWER' as const }],
    ['another token', { tokenId: 'tok_2' }],
  ])('is another one for %s', (_, change) => {
    expect(key(NOW, {}, { ...anna, ...change } as CallerFrom)).not.toBe(key(NOW));
  });

  it('is another one for other words or other variables', () => {
    const keys = [key(NOW), key(`${NOW} `), key(WITH_VARIABLES), key(WITH_VARIABLES, { pool: 'p' })];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('exists where a cursor could be given and is not', () => {
    expect(key(WITH_VARIABLES, { after: null })).toBeDefined();
    expect(key('subscription S { changed(after: null) }')).toBeDefined();
  });

  it.each([
    ['in the text', 'subscription S { changed(after: "c") }', {}],
    ['in a variable', WITH_VARIABLES, { after: 'c' }],
    ['in the default of a variable', 'subscription S($from: String = "c") { changed(after: $from) }', {}],
    [
      'perhaps, in a fragment',
      'subscription S { ...F } fragment F on Subscription { changed(after: "c") }',
      {},
    ],
  ])('does not exist where a cursor is given %s', (_, query, variables) => {
    expect(key(query, variables)).toBeUndefined();
  });
});
