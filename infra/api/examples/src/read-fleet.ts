import type { CleanroomClient } from './cleanroom-client.ts';
import { FleetDocument, type FleetQuery } from './generated/graphql.ts';
import { Refused } from './refused.ts';

type Page = NonNullable<FleetQuery['runners']>;

/** All runners, and the cursor after which their changes are followed. */
export interface Fleet {
  readonly runners: Page['nodes'];
  readonly changeCursor: string;
}

/** Reads all pages; what changes meanwhile comes after the first page's cursor. */
export async function readFleet(client: CleanroomClient): Promise<Fleet> {
  const first = await readPage(client, null);
  const runners = [...first.nodes];
  for (let { pageInfo } = first; pageInfo.hasNextPage;) {
    const page = await readPage(client, pageInfo.endCursor);
    runners.push(...page.nodes);
    pageInfo = page.pageInfo;
  }
  return { runners, changeCursor: first.changeCursor };
}

async function readPage(client: CleanroomClient, after: string | null): Promise<Page> {
  const { data } = await client.ask(FleetDocument, { after });
  // The service that owns the list is away: not the same as a fleet of none.
  if (!data.runners) throw new Refused('The runners cannot be read now.', 'SERVICE_UNAVAILABLE');
  return data.runners;
}
