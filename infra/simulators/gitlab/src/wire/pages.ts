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
  const size = Math.min(positive(request.query.per_page) ?? DEFAULT_SIZE, LARGEST_SIZE);
  const page = positive(request.query.page) ?? 1;
  const pages = Math.max(1, Math.ceil(items.length / size));
  const link = (to: number, rel: string): string =>
    `<${address(request, baseUrl, path, to, size)}>; rel="${rel}"`;
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev')] : []),
    ...(page < pages ? [link(page + 1, 'next')] : []),
    link(1, 'first'),
    link(pages, 'last'),
  ];
  return {
    status: 200,
    body: items.slice((page - 1) * size, page * size).map(show),
    headers: {
      link: links.join(', '),
      'x-page': String(page),
      'x-per-page': String(size),
      'x-next-page': page < pages ? String(page + 1) : '',
      'x-prev-page': page > 1 ? String(page - 1) : '',
      'x-total': String(items.length),
      'x-total-pages': String(pages),
    },
  };
}

/** The values of a parameter that may come as `a`, `a[]`, repeated, or separated by commas. */
export function listOf({ query }: ApiRequest, name: string): string[] {
  const given = [query[name], query[`${name}[]`]].flat().filter((value) => value !== undefined);
  return given.flatMap((value) => value.split(',')).filter((value) => value !== '');
}

function address({ query }: ApiRequest, baseUrl: string, path: string, page: number, size: number): string {
  const kept = Object.entries(query).flatMap(([key, value]) =>
    [value].flat().map((one): [string, string] => [key, one ?? '']),
  );
  const parameters = new URLSearchParams(kept);
  parameters.set('page', String(page));
  parameters.set('per_page', String(size));
  return `${baseUrl}/api/v4${path}?${parameters}`;
}

function positive(value: string | string[] | undefined): number | undefined {
  const number = Number([value].flat()[0]);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}
