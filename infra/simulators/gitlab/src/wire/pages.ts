import type { Answer } from './answer.js';
import type { ApiRequest } from './route.js';

const DEFAULT_SIZE = 20;
const LARGEST_SIZE = 100;

/**
 * One page of a list, with GitLab's pagination headers.
 *
 * @param show what becomes of an item; of those on the page only, for it may take long
 */
export function pageOf<T>(
  request: ApiRequest,
  baseUrl: string,
  path: string,
  items: readonly T[],
  show: (item: T) => unknown = (item) => item,
): Answer {
  const page = uncountedPageOf(request, baseUrl, path, items, show);
  const pages = Math.max(1, Math.ceil(items.length / sizeIn(request)));
  const last = `<${address(request, baseUrl, path, pages)}>; rel="last"`;
  const total = { 'x-total': String(items.length), 'x-total-pages': String(pages) };
  return { ...page, headers: { ...page.headers, ...total, link: `${page.headers.link}, ${last}` } };
}

/** The same of a list that GitLab does not count, because it may be long: nobody is told how many there are. */
export function uncountedPageOf<T>(
  request: ApiRequest,
  baseUrl: string,
  path: string,
  items: readonly T[],
  show: (item: T) => unknown,
): Answer & { headers: { link: string } } {
  const size = sizeIn(request);
  const page = positive(request.query.page) ?? 1;
  const [prev, next] = [page > 1 ? page - 1 : undefined, page * size < items.length ? page + 1 : undefined];
  const links = Object.entries({ prev, next, first: 1 }).flatMap(([relation, to]) =>
    to === undefined ? [] : `<${address(request, baseUrl, path, to)}>; rel="${relation}"`,
  );
  return {
    status: 200,
    body: items.slice((page - 1) * size, page * size).map(show),
    headers: {
      link: links.join(', '),
      'x-page': String(page),
      'x-per-page': String(size),
      'x-next-page': String(next ?? ''),
      'x-prev-page': String(prev ?? ''),
    },
  };
}

const sizeIn = ({ query }: ApiRequest): number =>
  Math.min(positive(query.per_page) ?? DEFAULT_SIZE, LARGEST_SIZE);

/** The values of a parameter that may come as `a`, `a[]`, repeated, or separated by commas. */
export function listOf({ query }: ApiRequest, name: string): string[] {
  const given = [query[name], query[`${name}[]`]].flat().filter((value) => value !== undefined);
  return given.flatMap((value) => value.split(',')).filter((value) => value !== '');
}

function address(request: ApiRequest, baseUrl: string, path: string, page: number): string {
  const kept = Object.entries(request.query).flatMap(([key, value]) =>
    [value].flat().map((one): [string, string] => [key, one ?? '']),
  );
  const parameters = new URLSearchParams(kept);
  parameters.set('page', String(page));
  parameters.set('per_page', String(sizeIn(request)));
  return `${baseUrl}/api/v4${path}?${parameters}`;
}

function positive(value: string | string[] | undefined): number | undefined {
  const number = Number([value].flat()[0]);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}
