import { useState } from 'react';
import { queryClient } from '../adapters/queries.js';
import type { RunnerDetails } from '../adapters/runner-query.js';
import { useMay } from '../adapters/use-may.js';
import { canDrain } from '../domain/drain.js';
import { isAwake, type RunnerState } from '../domain/runner-states.js';
import { DrainDialog } from './drain-dialog.js';
import { WakeDialog } from './wake-dialog.js';

interface RunnerActionsProps {
  readonly runner: RunnerDetails;
  readonly state: RunnerState;
  readonly isToBeDrained: boolean;
}

/** What can be done with a runner, for who may do it. */
export function RunnerActions({ runner, state, isToBeDrained }: RunnerActionsProps) {
  const [open, setOpen] = useState<'wake' | 'drain'>();
  const mayOperate = useMay('OPERATOR');
  if (!mayOperate || state === 'DELETED') return null;
  const close = () => setOpen(undefined);
  const done = () => {
    close();
    void queryClient.invalidateQueries({ queryKey: ['runner', runner.id] });
  };
  const { pool, currentJob } = runner;
  const awake = isAwake(state);
  return (
    <>
      {!pool.paused && !pool.deleting && (
        <button className="button" type="button" onClick={() => setOpen('wake')}>
          {awake ? 'Keep awake' : 'Wake'}
        </button>
      )}
      {canDrain(state) && !isToBeDrained && (
        <button className="button" type="button" onClick={() => setOpen('drain')}>
          Drain
        </button>
      )}
      {open === 'wake' && <WakeDialog runner={runner} isAwake={awake} onDone={done} onClose={close} />}
      {open === 'drain' && (
        <DrainDialog {...{ runner, state, job: currentJob?.name }} onDone={done} onClose={close} />
      )}
    </>
  );
}
