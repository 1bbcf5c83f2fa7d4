import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { act } from '../adapters/act.js';
import { UpdateScheduleDocument } from '../adapters/generated/graphql.js';
import { queryClient } from '../adapters/queries.js';
import { schedulesQuery, type Schedule } from '../adapters/schedules-query.js';
import { useMay } from '../adapters/use-may.js';
import { draftOf, scheduleInput, type ScheduleDraft } from '../domain/schedule-draft.js';
import { PageHead } from '../parts/page-head.js';
import { ScheduleForm } from '../parts/schedule-form.js';
import { Skeleton } from '../parts/skeleton.js';
import { UnreadablePage } from '../parts/unreadable-page.js';
import { NoSuchThing } from './no-such-thing.js';

/** Changes the rules of a schedule; its overrides stay. */
export function EditSchedulePage() {
  const { scheduleId } = useParams({ from: '/shell/schedules/$scheduleId/edit' });
  const mayEdit = useMay('OWNER');
  const { data, error, refetch } = useQuery(schedulesQuery);
  if (!mayEdit) return <NoSuchThing what="page for your role" />;
  if (!data && error) return <UnreadablePage title="Schedule" error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton />;
  const schedule = data.find(({ id }) => id === scheduleId);
  return schedule ? <EditSchedule schedule={schedule} /> : <NoSuchThing what="schedule" />;
}

function EditSchedule({ schedule }: { readonly schedule: Schedule }) {
  const { id, name } = schedule;
  const navigate = useNavigate();
  const leave = () => void navigate({ to: '/schedules', search: { schedule: id } });
  const done = () => {
    void queryClient.invalidateQueries(schedulesQuery);
    leave();
  };
  const save = async (draft: ScheduleDraft) =>
    (await act(UpdateScheduleDocument, { id, input: scheduleInput(draft) })).userErrors;
  return (
    <div className="page page-narrow">
      <PageHead
        title={`Edit ${name}`}
        crumbs={<Link to="/schedules">Schedules</Link>}
        lead={<p className="lead">It holds at once for the pools that follow it. Overrides stay.</p>}
      />
      <div className="card part">
        <ScheduleForm
          initial={draftOf(schedule)}
          submit="Save"
          onSave={save}
          onDone={done}
          onCancel={leave}
        />
      </div>
    </div>
  );
}
