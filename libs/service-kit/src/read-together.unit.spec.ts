import { readTogether } from './read-together.js';
import type { SubgraphContext } from './subgraph-context.js';

describe('what the objects of a list ask for', () => {
  const contextOf = () => ({ loaders: new Map() }) as unknown as SubgraphContext;
  const reads: string[][] = [];
  const read = async (keys: readonly string[]) => {
    reads.push([...keys]);
    return new Map(keys.map((key) => [key, `${key} read`]));
  };
  beforeEach(() => void reads.splice(0));

  it('is read once for all of them, and each key once', async () => {
    const context = contextOf();
    const answers = ['a', 'b', 'a'].map((key) => readTogether(context, 'name', key, read));
    expect(await Promise.all(answers)).toEqual(['a read', 'b read', 'a read']);
    expect(reads).toEqual([['a', 'b']]);
  });

  it('is read anew by who asks later', async () => {
    const context = contextOf();
    await readTogether(context, 'name', 'a', read);
    await readTogether(context, 'name', 'a', read);
    expect(reads).toEqual([['a'], ['a']]);
  });

  it('is nothing for a key that no id can be, and does not keep the others from their answer', async () => {
    const context = contextOf();
    const answers = ['a', 'b\u0000'].map((key) => readTogether(context, 'name', key, read));
    expect(await Promise.all(answers)).toEqual(['a read', undefined]);
    expect(reads).toEqual([['a']]);
  });
});
