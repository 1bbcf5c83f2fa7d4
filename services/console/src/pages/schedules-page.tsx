import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { schedulesQuery, type Schedule } from '../adapters/schedules-query.js';
import { useMay } from '../adapters/use-may.js';
import { useNow } from '../adapters/use-now.js';
import { mondayOf, wallTime } from '../domain/zone-clock.js';
import { PageHead } from '../parts/page-head.js';
import { PoolsOfSchedule } from '../parts/pools-of-schedule.js';
import { ScheduleActions } from '../parts/schedule-actions.js';
import { ScheduleChanges } from '../parts/schedule-changes.js';
import { ScheduleOverrides } from '../parts/schedule-overrides.js';
import { SilenceLine } from '../parts/silence-line.js';
import { Skeleton } from '../parts/skeleton.js';
import { UnreadablePage } from '../parts/unreadable-page.js';
import { WeekGrid } from '../parts/week-grid.js';
import { WeekSwitch } from '../parts/week-switch.js';

/** When runners are kept warm: a week of one schedule, what changes next, and who follows it. */
export function SchedulesPage() {
  const { schedule: id } = useSearch({ from: '/shell/schedules' });
  const { data: schedules, error, refetch } = useQuery(schedulesQuery);
  if (!schedules && error)
    return <UnreadablePage title="Schedules" error={error} onRetry={() => void refetch()} />;
  if (!schedules) return <Reading />;
  const chosen = schedules.find((one) => one.id === id) ?? schedules[0];
  return chosen ? <OneSchedule {...{ schedules, chosen, error }} /> : <NoSchedule />;
}

interface OneScheduleProps {
  readonly schedules: readonly Schedule[];
  readonly chosen: Schedule;
  readonly error: Error | null;
}

function OneSchedule({ schedules, chosen, error }: OneScheduleProps) {
  const now = useNow();
  const navigate = useNavigate({ from: '/schedules' });
  const { week } = useSearch({ from: '/shell/schedules' });
  const wall = wallTime(chosen.timeZone, now);
  const monday = mondayOf(week || wall.date);
  return (
    <div className="page">
      <PageHead title={chosen.name} lead={<Lead schedule={chosen} now={now} />}>
        {schedules.length > 1 && (
          <Choice
            {...{ schedules, chosen }}
            onChoose={(schedule) => void navigate({ search: (before) => ({ ...before, schedule }) })}
          />
        )}
        <ScheduleActions key={chosen.id} schedule={chosen} />
      </PageHead>
      <SilenceLine error={error} />
      <section className="card part" aria-labelledby="week">
        <WeekSwitch monday={monday} thisMonday={mondayOf(wall.date)} />
        <WeekGrid rules={chosen} monday={monday} now={wall} />
        {chosen.holidayCountry && (
          <p className="muted">
            The public holidays of {chosen.holidayCountry} count as well: what changes next names them.
          </p>
        )}
      </section>
      <ScheduleChanges schedule={chosen} />
      <div className="page-cards">
        <ScheduleOverrides schedule={chosen} now={now} />
        <PoolsOfSchedule schedule={chosen} schedules={schedules} />
      </div>
    </div>
  );
}

function Lead({ schedule: { timeZone }, now }: { readonly schedule: Schedule; readonly now: number }) {
  const there = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (
    <p className="lead">
      Times are {timeZone}. It is {there.format(now).replace(',', '')} there.
    </p>
  );
}

interface ChoiceProps {
  readonly schedules: readonly Schedule[];
  readonly chosen: Schedule;
  readonly onChoose: (id: string) => void;
}

const Choice = ({ schedules, chosen, onChoose }: ChoiceProps) => (
  <label>
    <span className="only-read">Schedule</span>
    <select className="button" value={chosen.id} onChange={({ target }) => onChoose(target.value)}>
      {schedules.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  </label>
);

function NoSchedule() {
  const mayOwn = useMay('OWNER');
  return (
    <div className="page-alone">
      <title>Schedules · Cleanroom</title>
      <h1>Schedules</h1>
      <div className="card empty">
        <h2>No schedule yet</h2>
        <p>A schedule keeps runners warm while a team works; outside of its windows they sleep.</p>
        {mayOwn && (
          <p>
            <Link className="button" to="/schedules/new">
              New schedule
            </Link>
          </p>
        )}
      </div>
    </div>
  );
}

const Reading = () => (
  <div className="page">
    <PageHead title="Schedules" lead={<p className="lead">Loading …</p>} />
    <Skeleton />
  </div>
);
