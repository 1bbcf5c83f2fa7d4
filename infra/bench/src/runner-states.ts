import type { AskGraphql } from '@cleanroom/local';
import { eventually } from '@cleanroom/testing';

const PAGE = `query Runners($after: Cursor) {
  runners(first: 100, after: $after) { nodes { state pool { id } } pageInfo { endCursor hasNextPage } } }`;

interface Page {
  readonly runners: {
    readonly nodes: readonly { state: string; pool: { id: string } }[];
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  };
}

/** How many runners of a pool are in each state. */
export async function runnerStates(ask: AskGraphql, poolId: string): Promise<Record<string, number>> {
  const states: Record<string, number> = {};
  for (let after: string | null | undefined; after !== null;) {
    const { runners }: Page = await ask<Page>(PAGE, { after });
    for (const { state, pool } of runners.nodes)
      if (pool.id === poolId) states[state] = (states[state] ?? 0) + 1;
    after = runners.pageInfo.hasNextPage ? runners.pageInfo.endCursor : null;
  }
  return states;
}

/** Waits until so many runners of a pool are in a state. Throws after `within` real milliseconds. */
export async function untilAll(
  ask: AskGraphql,
  poolId: string,
  wanted: { readonly state: string; readonly count: number; readonly within: number },
): Promise<void> {
  const { state, count, within } = wanted;
  const check = async (): Promise<boolean> => {
    const states = await runnerStates(ask, poolId);
    if ((states[state] ?? 0) >= count) return true;
    throw new Error(`not ${count} ${state}: ${JSON.stringify(states)}`);
  };
  await eventually(check, { within, every: 500 });
}
