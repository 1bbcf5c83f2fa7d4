import { hasControlCharacters } from '@cleanroom/kernel';
import type { SubgraphContext } from './subgraph-context.js';

type Read<V> = (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>;

/** Keys that were asked for since the last read began. */
interface Batch<V> {
  readonly keys: Set<string>;
  readonly answer: Promise<ReadonlyMap<string, V>>;
}

/**
 * Reads once for all objects of a list that ask the same question in one turn of the event loop, instead of once for
 * each. Nothing is kept beyond that read: a subscription lives long, and must see what is new.
 *
 * @param question names the read within the request
 */
export const readTogether = async <V>(
  context: SubgraphContext,
  question: string,
  key: string,
  read: Read<V>,
): Promise<V | undefined> => {
  // No id has one, and a database that refuses one of the keys would answer none of the others.
  if (hasControlCharacters(key)) return undefined;
  const open = context.loaders.get(question) as Batch<V> | undefined;
  const batch = open ?? begin(context, question, read);
  batch.keys.add(key);
  return (await batch.answer).get(key);
};

function begin<V>(context: SubgraphContext, question: string, read: Read<V>): Batch<V> {
  const keys = new Set<string>();
  const answer = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
    context.loaders.delete(question);
    return read([...keys]);
  });
  const batch: Batch<V> = { keys, answer };
  context.loaders.set(question, batch);
  return batch;
}
