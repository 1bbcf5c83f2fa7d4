import { Batches } from './batches.js';

interface Item {
  readonly name: string;
  readonly group: string;
}

const item = (name: string, group = 'a'): Item => ({ name, group });
const namesOf = (batches: readonly (readonly Item[])[]): string[] =>
  batches.map((batch) => batch.map(({ name }) => name).join(''));

describe('batches', () => {
  let worked: (readonly Item[])[];
  let gates: PromiseWithResolvers<void>[];
  let bad: Set<string>;

  beforeEach(() => {
    [worked, gates, bad] = [[], [], new Set()];
  });

  const batchesOf = (lanes: number, most = 10) =>
    new Batches<Item, string>({
      lanes,
      most,
      groupOf: ({ group }) => group,
      work: async (items) => {
        worked.push(items);
        const gate = Promise.withResolvers<void>();
        gates.push(gate);
        await gate.promise;
        const spoilt = items.find(({ name }) => bad.has(name));
        if (spoilt) throw new Error(`no ${spoilt.name}`);
        return items.map(({ name }) => name.toUpperCase());
      },
    });

  /** Lets all work end, also what begins because of that. */
  const openAll = async (doing: Promise<unknown>[]): Promise<PromiseSettledResult<unknown>[]> => {
    const all = Promise.allSettled(doing);
    let over = false;
    void all.then(() => (over = true));
    while (!over) {
      for (const gate of gates) gate.resolve();
      await Promise.resolve();
    }
    return all;
  };

  it('work on an item at once, and on what comes meanwhile together', async () => {
    const batches = batchesOf(1);
    const doing = ['a', 'b', 'c'].map((name) => batches.do(item(name)));
    expect(namesOf(worked)).toEqual(['a']);
    const done = await openAll(doing);
    expect(namesOf(worked)).toEqual(['a', 'bc']);
    expect(done).toEqual(['A', 'B', 'C'].map((value) => ({ status: 'fulfilled', value })));
  });

  it('keep as many in work side by side as there are lanes', async () => {
    const batches = batchesOf(2);
    const doing = ['a', 'b', 'c', 'd'].map((name) => batches.do(item(name)));
    expect(namesOf(worked)).toEqual(['a', 'b']);
    await openAll(doing);
    expect(namesOf(worked)).toEqual(['a', 'b', 'cd']);
  });

  it('never mix two groups, and take the group that waited longest first', async () => {
    const batches = batchesOf(1);
    const items = [item('a'), item('b', 'x'), item('c'), item('d', 'x')];
    await openAll(items.map((one) => batches.do(one)));
    expect(namesOf(worked)).toEqual(['a', 'bd', 'c']);
  });

  it('hold no more than they may', async () => {
    const batches = batchesOf(1, 2);
    await openAll(['a', 'b', 'c', 'd'].map((name) => batches.do(item(name))));
    expect(namesOf(worked)).toEqual(['a', 'bc', 'd']);
  });

  it('work on each item by itself where one spoils them all, and fail that one only', async () => {
    const batches = batchesOf(1);
    bad.add('c');
    const done = await openAll(['a', 'b', 'c', 'd'].map((name) => batches.do(item(name))));
    expect(namesOf(worked)).toEqual(['a', 'bcd', 'b', 'c', 'd']);
    expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  });

  it('go on after a failure', async () => {
    const batches = batchesOf(1);
    bad.add('a');
    const [failed] = await openAll([batches.do(item('a'))]);
    expect(failed).toMatchObject({ status: 'rejected', reason: new Error('no a') });
    expect(await openAll([batches.do(item('b'))])).toEqual([{ status: 'fulfilled', value: 'B' }]);
  });

  it('refuse to have no lane and no room', () => {
    expect(() => batchesOf(0)).toThrow(RangeError);
    expect(() => batchesOf(1, 0)).toThrow(RangeError);
  });
});
