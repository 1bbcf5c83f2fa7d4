import fc from 'fast-check';
import { rawCall } from './raw-call.js';
import { simulateHetzner, type SimulatedHetzner } from './simulated-hetzner.js';

interface Item {
  readonly id: number;
  readonly name: string;
  readonly labels: Record<string, string>;
}
interface Page {
  readonly firewalls: Item[];
  readonly meta: {
    pagination: { page: number; next_page: number | null; last_page: number; total_entries: number };
  };
}

const COUNT = 23;

let hetzner: SimulatedHetzner;
let all: Item[];

beforeAll(async () => {
  hetzner = await simulateHetzner();
  for (let index = 0; index < COUNT; index += 1) {
    const name = `wall-${(index * 7) % COUNT}`;
    const labels = { part: String(index % 3), ...(index % 2 ? { odd: '' } : {}) };
    await rawCall(hetzner, 'POST', '/firewalls', { name, labels });
  }
  all = (await list('per_page=50')).firewalls;
});
afterAll(() => hetzner.simulator.stop());

const list = async (query: string): Promise<Page> =>
  (await rawCall(hetzner, 'GET', `/firewalls?${query}`)).body as Page;

/** Follows the `Link` header from the first page to the last. */
async function walk(query: string): Promise<Item[]> {
  const seen: Item[] = [];
  let next: string | undefined = `/firewalls?${query}`;
  while (next !== undefined) {
    const { body, headers } = await rawCall(hetzner, 'GET', next);
    seen.push(...(body as Page).firewalls);
    next = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
  }
  return seen;
}

const inOrder = (sort: string): Item[] => {
  const [field, direction] = sort.split(':') as ['id' | 'name', string | undefined];
  const sign = direction === 'desc' ? -1 : 1;
  return [...all].sort((a, b) => (a[field] < b[field] ? -sign : sign));
};

describe('a list', () => {
  it('gives everything once and in order to who follows its links, whatever the size of the pages', async () => {
    const sorts = fc.constantFrom('id', 'id:asc', 'id:desc', 'name', 'name:desc');
    await fc.assert(
      fc.asyncProperty(sorts, fc.integer({ min: 1, max: 60 }), async (sort, perPage) => {
        const seen = await walk(`sort=${sort}&per_page=${perPage}`);
        expect(seen.map(({ id }) => id)).toEqual(inOrder(sort).map(({ id }) => id));
      }),
      { numRuns: 25 },
    );
  });

  it('has 25 on a page if not asked, 50 at most, and tells where it is', async () => {
    expect((await list('')).meta.pagination).toEqual({
      page: 1,
      per_page: 25,
      previous_page: null,
      next_page: null,
      last_page: 1,
      total_entries: COUNT,
    });
    expect((await list('per_page=500')).meta.pagination).toMatchObject({ per_page: 50 });
    expect((await list('per_page=10&page=2')).meta.pagination).toMatchObject({
      previous_page: 1,
      next_page: 3,
      last_page: 3,
    });
    expect((await list('page=9')).firewalls).toEqual([]);
  });

  it('ignores a sort by what cannot be sorted by, and parameters that are none', async () => {
    const { firewalls } = await list('sort=rules:desc&colour=red&per_page=50');
    expect(firewalls).toEqual(all);
  });

  it('finds by name, and by every form of label selector', async () => {
    expect((await list('name=wall-5')).firewalls).toHaveLength(1);
    const found = async (selector: string): Promise<number> =>
      (await list(`label_selector=${encodeURIComponent(selector)}`)).meta.pagination.total_entries;
    const expected: [string, (labels: Item['labels']) => boolean][] = [
      ['part=1', ({ part }) => part === '1'],
      ['part==1,odd', ({ part, odd }) => part === '1' && odd !== undefined],
      ['part!=1', ({ part }) => part !== '1'],
      ['!odd', ({ odd }) => odd === undefined],
      ['odd=', ({ odd }) => odd === ''],
      ['part in (0, 2)', ({ part }) => part !== '1'],
      ['part notin (0,2),odd', ({ part, odd }) => part === '1' && odd !== undefined],
      ['gone notin (x)', () => true],
    ];
    for (const [selector, fits] of expected) {
      expect([selector, await found(selector)]).toEqual([
        selector,
        all.filter(({ labels }) => fits(labels)).length,
      ]);
    }
  });
});
