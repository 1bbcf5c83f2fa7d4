import { invalidInput } from '../api-error.js';
import { parseLabelSelector } from '../label-selector.js';
import type { Answer, ApiRequest } from '../route.js';

/** What every list can be sorted by; unknown fields are ignored, as Hetzner does. */
interface Listed {
  readonly id: number;
  readonly name?: string;
  readonly created?: number | string;
  readonly labels?: Record<string, string>;
  readonly status?: string;
  readonly command?: string;
  readonly started?: number;
  readonly finished?: number | null;
}

const DEFAULT_PER_PAGE = 25;
const LARGEST_PER_PAGE = 50;
const SORTABLE = ['id', 'name', 'created', 'status', 'command', 'started', 'finished'] as const;

/** Answers a list: filtered by name, status and label selector, sorted, and cut to the page that was asked for. */
export function page<T extends Listed>(
  { query, address }: ApiRequest,
  key: string,
  all: readonly T[],
  body: (item: T) => object,
): Answer {
  const found = sorted(filtered(all, query), query.getAll('sort'));
  const perPage = Math.min(LARGEST_PER_PAGE, positive(query, 'per_page', DEFAULT_PER_PAGE));
  const number = positive(query, 'page', 1);
  const last = Math.max(1, Math.ceil(found.length / perPage));
  const pagination = {
    page: number,
    per_page: perPage,
    previous_page: number > 1 ? number - 1 : null,
    next_page: number < last ? number + 1 : null,
    last_page: last,
    total_entries: found.length,
  };
  const items = found.slice((number - 1) * perPage, number * perPage).map(body);
  return {
    status: 200,
    body: { [key]: items, meta: { pagination } },
    link: links(address, query, pagination),
  };
}

function filtered<T extends Listed>(all: readonly T[], query: URLSearchParams): T[] {
  const selector = query.get('label_selector');
  const matches = selector ? parseLabelSelector(selector) : () => true;
  if (!matches) throw invalidInput({ label_selector: 'label selector is not valid' });
  const name = query.get('name');
  const states = query.getAll('status');
  return all.filter(
    (item) =>
      (name === null || item.name === name) &&
      (states.length === 0 || states.includes(item.status ?? '')) &&
      matches(item.labels ?? {}),
  );
}

function sorted<T extends Listed>(items: T[], orders: string[]): T[] {
  const comparisons = orders.flatMap((order) => {
    const [name, direction = 'asc'] = order.split(':');
    const field = SORTABLE.find((each) => each === name);
    return field ? [{ field, sign: direction === 'desc' ? -1 : 1 }] : [];
  });
  return items.sort((a, b) => {
    for (const { field, sign } of comparisons) {
      const difference = compare(a[field], b[field]);
      if (difference !== 0) return sign * difference;
    }
    return a.id - b.id;
  });
}

function compare(a: string | number | null | undefined, b: string | number | null | undefined): number {
  const [left, right] = [a ?? '', b ?? ''];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function positive(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name);
  if (text === null || text === '') return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw invalidInput({ [name]: 'must be a positive integer' });
  return value;
}

function links(
  address: string,
  query: URLSearchParams,
  pages: { previous_page: number | null; next_page: number | null; last_page: number },
): string {
  const relations = { prev: pages.previous_page, next: pages.next_page, last: pages.last_page };
  return Object.entries(relations)
    .filter(([, number]) => number !== null)
    .map(([relation, number]) => {
      const other = new URLSearchParams(query);
      other.set('page', String(number));
      return `<${address}?${other}>; rel="${relation}"`;
    })
    .join(', ');
}
