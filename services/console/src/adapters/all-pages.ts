import { silence, silentServices, type MissingPart } from '../domain/who-answers.js';
import { NoAnswer } from './session.js';

/** Nobody reads a list of more than a thousand. */
const MOST_PAGES = 10;

/** A list, and what is missing from its items. */
export interface Listed<Item> {
  readonly items: readonly Item[];
  readonly total: number;
  readonly missing: readonly MissingPart[];
}

interface Page<Item> {
  readonly nodes: readonly Item[];
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/**
 * Reads a list page by page.
 *
 * @throws NoAnswer where a page could not be read: what was read before stays, as with every failure
 */
export async function allPages<Item>(
  read: (after: string | null) => Promise<{ page: Page<Item> | null; missing: readonly MissingPart[] }>,
): Promise<Listed<Item>> {
  const items: Item[] = [];
  const allMissing: MissingPart[] = [];
  let total = 0;
  let after: string | null = null;
  for (let count = 0; count < MOST_PAGES; count++) {
    const { page, missing } = await read(after);
    allMissing.push(...missing);
    if (!page) throw new NoAnswer(silence(silentServices(missing)) || 'It could not be read.', missing);
    items.push(...page.nodes);
    total = page.totalCount;
    if (!page.pageInfo.hasNextPage) break;
    after = page.pageInfo.endCursor;
  }
  return { items, total, missing: allMissing };
}
