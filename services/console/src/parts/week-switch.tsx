import { Link } from '@tanstack/react-router';
import { dayOf } from '../domain/when.js';
import { addDays } from '../domain/zone-clock.js';

interface WeekSwitchProps {
  readonly monday: string;
  readonly thisMonday: string;
}

/** Which week is shown, and the way to others. */
export function WeekSwitch({ monday, thisMonday }: WeekSwitchProps) {
  const sunday = addDays(monday, 6);
  return (
    <div className="week-switch">
      <h2 id="week" aria-live="polite">
        {dayOf(monday).slice(4)} – {dayOf(sunday).slice(4)} {sunday.slice(0, 4)}
      </h2>
      <nav aria-label="Week">
        <Week to={addDays(monday, -7)} label="Week before" />
        <Week to={thisMonday === monday ? undefined : thisMonday} label="This week" />
        <Week to={addDays(monday, 7)} label="Week after" />
      </nav>
    </div>
  );
}

function Week({ to, label }: { readonly to: string | undefined; readonly label: string }) {
  return (
    <Link
      className="button"
      from="/schedules"
      to="/schedules"
      search={(before) => ({ ...before, week: to })}
      activeProps={{}}
      resetScroll={false}
    >
      {label}
    </Link>
  );
}
