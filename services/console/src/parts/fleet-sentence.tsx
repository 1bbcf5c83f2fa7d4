import { useQuery } from '@tanstack/react-query';
import { waitingJobsQuery } from '../adapters/queries.js';
import { isAwake, RUNNER_STATES, type RunnerState } from '../domain/runner-states.js';
import { amountOf, number } from '../domain/say.js';

/** The answer to the first question: how many are awake, how many work, does anybody wait? */
export function FleetSentence({
  countOf,
}: {
  readonly countOf: ((state: RunnerState) => number) | undefined;
}) {
  const { data: jobs } = useQuery(waitingJobsQuery);
  if (!countOf) return <p className="lead">Loading …</p>;
  const sum = (states: typeof RUNNER_STATES) =>
    states.reduce((total, { state }) => total + countOf(state), 0);
  const all = sum(RUNNER_STATES.filter(({ state }) => state !== 'DELETED'));
  const awake = sum(RUNNER_STATES.filter(({ state }) => isAwake(state)));
  const waiting = jobs?.total ?? 0;
  return (
    <p className="lead">
      <b>{number(awake)}</b> of {amountOf(all, 'runner')} awake, <b>{number(countOf('BUSY'))}</b> busy,{' '}
      <b>{number(countOf('IDLE'))}</b> idle.{' '}
      {waiting > 0 && (
        <a href="#jobs-that-wait">
          {amountOf(waiting, 'job')} {waiting === 1 ? 'waits' : 'wait'}
        </a>
      )}
    </p>
  );
}
