import type { RunnerNews } from '../domain/fleet.js';
import { silence, silentServices } from '../domain/who-answers.js';
import { RunnersDocument, type SeatFragment } from './generated/graphql.js';
import { ask } from './graphql.js';
import { NoAnswer } from './session.js';

export interface RunnerPage {
  readonly runners: readonly RunnerNews[];
  /** How many there are on all pages. */
  readonly total: number;
  /** Changes after this one are not in the list. */
  readonly cursor: string;
}

/**
 * All runners, page by page.
 *
 * @throws SignedOut, NoAnswer, Refused
 */
export async function* runnerPages(signal: AbortSignal): AsyncGenerator<RunnerPage, void> {
  for (let after: string | null = null, more = true; more;) {
    const { data, missing }: Awaited<ReturnType<typeof askPage>> = await askPage(after, signal);
    if (!data.runners)
      throw new NoAnswer(silence(silentServices(missing)) || 'The runners could not be read.');
    const { nodes, pageInfo, totalCount, changeCursor } = data.runners;
    yield { runners: nodes.map(newsOf), total: totalCount, cursor: changeCursor };
    more = pageInfo.hasNextPage;
    after = pageInfo.endCursor;
  }
}

const askPage = (after: string | null, signal: AbortSignal) => ask(RunnersDocument, { after }, signal);

/** A runner as lists and changes bring it. */
export const newsOf = ({ pool, stateSince, stateReason, retryAt, ...runner }: SeatFragment): RunnerNews => ({
  ...runner,
  poolId: pool.id,
  since: Date.parse(stateSince),
  reason: stateReason,
  retryAt: retryAt === null ? null : Date.parse(retryAt),
});
