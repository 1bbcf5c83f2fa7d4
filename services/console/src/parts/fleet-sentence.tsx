import { useQuery } from '@tanstack/react-query';
import { useLive } from '../adapters/live-context.js';
import { waitingJobsQuery } from '../adapters/queries.js';
import { useNow } from '../adapters/use-now.js';
import { failedSeats } from '../domain/failed-seats.js';
import { isAwake, RUNNER_STATES, type RunnerState } from '../domain/runner-states.js';
import { amountOf, number } from '../domain/say.js';

/** The answer to the first question: how many are awake, how many work, does anybody wait, is anything in trouble? */
export function FleetSentence({
  countOf,
}: {
  readonly countOf: ((state: RunnerState) => number) | undefined;
}) {
  const { data: jobs } = useQuery(waitingJobsQuery);
  const now = useNow();
  const { fleet } = useLive();
  if (!countOf) return <p className="lead">Loading …</p>;
  const sum = (states: typeof RUNNER_STATES) =>
    states.reduce((total, { state }) => total + countOf(state), 0);
  const all = sum(RUNNER_STATES.filter(({ state }) => state !== 'DELETED'));
  const awake = sum(RUNNER_STATES.filter(({ state }) => isAwake(state)));
  const waiting = jobs?.total ?? 0;
  const failed = failedSeats(fleet.seats(), now).length;
  return (
    <p className="lead">
      <b>{number(awake)}</b> of {amountOf(all, 'runner')} awake, <b>{number(countOf('BUSY'))}</b> busy,{' '}
      <b>{number(countOf('IDLE'))}</b> idle.{' '}
      {waiting > 0 && (
        <a href="#jobs-that-wait">
          {amountOf(waiting, 'job')} {waiting === 1 ? 'waits' : 'wait'}
        </a>
      )}
      {waiting > 0 && failed > 0 && ', '}
      {failed > 0 && <a href="#runners-in-trouble">{amountOf(failed, 'runner')} in trouble</a>}
    </p>
  );
}
