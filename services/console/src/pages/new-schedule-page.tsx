import { Link, useNavigate } from '@tanstack/react-router';
import { act } from '../adapters/act.js';
import { CreateScheduleDocument } from '../adapters/generated/graphql.js';
import { queryClient } from '../adapters/queries.js';
import { schedulesQuery } from '../adapters/schedules-query.js';
import { useMay } from '../adapters/use-may.js';
import { newDraft, scheduleInput, type ScheduleDraft } from '../domain/schedule-draft.js';
import { PageHead } from '../parts/page-head.js';
import { ScheduleForm } from '../parts/schedule-form.js';
import { NoSuchThing } from './no-such-thing.js';

/** Makes a schedule; it does nothing until a pool follows it. */
export function NewSchedulePage() {
  const mayCreate = useMay('OWNER');
  const navigate = useNavigate();
  const leave = () => void navigate({ to: '/schedules' });
  const done = () => {
    void queryClient.invalidateQueries(schedulesQuery);
    leave();
  };
  const save = async (draft: ScheduleDraft) =>
    (await act(CreateScheduleDocument, { input: scheduleInput(draft) })).userErrors;
  if (!mayCreate) return <NoSuchThing what="page for your role" />;
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return (
    <div className="page page-narrow">
      <PageHead
        title="New schedule"
        crumbs={<Link to="/schedules">Schedules</Link>}
        lead={<p className="lead">It does nothing until a pool follows it.</p>}
      />
      <div className="card part">
        <ScheduleForm
          initial={newDraft(timeZone)}
          submit="Create the schedule"
          onSave={save}
          onDone={done}
          onCancel={leave}
        />
      </div>
    </div>
  );
}
