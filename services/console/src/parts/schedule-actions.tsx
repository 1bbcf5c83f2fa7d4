import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { queryClient } from '../adapters/queries.js';
import { schedulesQuery, type Schedule } from '../adapters/schedules-query.js';
import { useMay } from '../adapters/use-may.js';
import { DeleteScheduleDialog } from './delete-schedule-dialog.js';
import { OverrideDialog } from './override-dialog.js';

/** What can be done with a schedule, for who may do it. */
export function ScheduleActions({ schedule }: { readonly schedule: Schedule }) {
  const [open, setOpen] = useState<'override' | 'delete'>();
  const [mayOperate, mayOwn] = [useMay('OPERATOR'), useMay('OWNER')];
  if (!mayOperate) return null;
  const close = () => setOpen(undefined);
  const done = () => {
    close();
    void queryClient.invalidateQueries(schedulesQuery);
  };
  return (
    <>
      {mayOwn && (
        <>
          <Link className="button" to="/schedules/new">
            New schedule
          </Link>
          <Link className="button" to="/schedules/$scheduleId/edit" params={{ scheduleId: schedule.id }}>
            Edit
          </Link>
          <button className="button" type="button" onClick={() => setOpen('delete')}>
            Delete
          </button>
        </>
      )}
      <button className="button main-button" type="button" onClick={() => setOpen('override')}>
        Override
      </button>
      {open === 'override' && <OverrideDialog schedule={schedule} onDone={done} onClose={close} />}
      {open === 'delete' && <DeleteScheduleDialog schedule={schedule} onDone={done} onClose={close} />}
    </>
  );
}
