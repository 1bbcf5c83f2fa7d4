import { dayOf } from '../domain/when.js';
import { mostWarm, weekGrid, type WeekBlock, type WeekDay, type WeekRules } from '../domain/week-grid.js';
import { clockText, type WallTime } from '../domain/zone-clock.js';

const DAY_MINUTES = 1440;
const HOURS = [0, 3, 6, 9, 12, 15, 18, 21];
/** From light to dark. */
const SHADES = 4;

interface WeekGridProps {
  readonly rules: WeekRules;
  readonly monday: string;
  readonly now: WallTime;
}

/** A week as columns of days: the more runners are kept warm, the darker. */
export function WeekGrid({ rules, monday, now }: WeekGridProps) {
  const most = mostWarm(rules);
  return (
    <div className="week">
      <div className="week-axis" aria-hidden="true">
        {HOURS.map((hour) => (
          <span key={hour} style={{ top: share(hour * 60) }}>
            {clockText(hour * 60)}
          </span>
        ))}
      </div>
      <ol>
        {weekGrid(rules, monday).map((day) => (
          <Day key={day.date} day={day} most={most} now={day.date === now.date ? now : undefined} />
        ))}
      </ol>
    </div>
  );
}

interface DayProps {
  readonly day: WeekDay;
  readonly most: number;
  /** Left out for the other days. */
  readonly now: WallTime | undefined;
}

const Day = ({ day: { date, holiday, hours, blocks }, most, now }: DayProps) => (
  <li className={holiday === undefined ? undefined : 'week-holiday'} aria-current={now && 'date'}>
    <h3>{dayOf(date).slice(0, 6)}</h3>
    <div className="week-hours">
      {(holiday !== undefined || hours !== 24) && (
        <p className="week-note">
          {holiday}
          {hours !== 24 && `${hours} hours: clocks change`}
        </p>
      )}
      {blocks.map((block) => (
        <Block key={block.key} block={block} most={most} />
      ))}
      {blocks.length === 0 && holiday === undefined && <p className="only-read">All sleep.</p>}
      {now && <div className="week-now" style={{ top: share(now.minutes) }} />}
    </div>
  </li>
);

function Block({ block: { start, end, warm, words, reason }, most }: { block: WeekBlock; most: number }) {
  const shade = Math.min(SHADES, Math.ceil((SHADES * warm) / most));
  return (
    <p
      className={`week-block ${reason === undefined ? `week-shade-${shade}` : 'week-override'}`}
      style={{ top: share(start), height: share(end - start) }}
      title={`${warm} kept warm, ${words}${reason ? `: ${reason}` : ''}`}
    >
      <b>{warm}</b> kept warm, {words} {reason}
    </p>
  );
}

const share = (minutes: number): string => `${(100 * minutes) / DAY_MINUTES}%`;
