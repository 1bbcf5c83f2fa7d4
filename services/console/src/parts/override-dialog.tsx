import { act } from '../adapters/act.js';
import { OverrideScheduleDocument } from '../adapters/generated/graphql.js';
import type { Schedule } from '../adapters/schedules-query.js';
import { productNow } from '../adapters/settings.js';
import { useAttempt } from '../adapters/use-attempt.js';
import { clockText, instantOf, minutesOf, wallTime } from '../domain/zone-clock.js';
import { ActForm } from './act-form.js';
import { Dialog } from './dialog.js';
import { Field } from './field.js';

const HOUR_MS = 3_600_000;
const FIELDS = ['from', 'to', 'warm', 'reason'];

interface OverrideDialogProps {
  readonly schedule: Pick<Schedule, 'id' | 'timeZone'>;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Gives a schedule a number of its own for a while. */
export function OverrideDialog({ schedule: { id, timeZone }, onDone, onClose }: OverrideDialogProps) {
  const attempt = useAttempt(async (form: FormData) => {
    const text = (name: string) => String(form.get(name)).trim();
    const warm = /^\d{1,6}$/.test(text('warm')) ? Number(text('warm')) : -1;
    const when = { from: instantText(timeZone, text('from')), to: instantText(timeZone, text('to')) };
    return (await act(OverrideScheduleDocument, { id, ...when, warm, reason: text('reason') })).userErrors;
  }, onDone);
  return (
    <Dialog title="Override the schedule" onClose={onClose}>
      <p className="muted">
        For this time only, so many runners are kept warm, whatever the windows and holidays say. Times are{' '}
        {timeZone}.
      </p>
      <ActForm attempt={attempt} fields={FIELDS} submit="Save the override" onCancel={onClose}>
        <div className="field-pair">
          <Moment label="From" path="from" timeZone={timeZone} inHours={1} />
          <Moment label="To" path="to" timeZone={timeZone} inHours={5} />
        </div>
        <Field label="Runners kept warm" path="warm" hint="0 lets all of them sleep.">
          {(control) => <input {...control} inputMode="numeric" autoComplete="off" />}
        </Field>
        <Field label="Reason" path="reason">
          {(control) => <input {...control} placeholder="Release 26.12" autoComplete="off" />}
        </Field>
      </ActForm>
    </Dialog>
  );
}

interface MomentProps {
  readonly label: string;
  readonly path: string;
  readonly timeZone: string;
  /** Where it begins: a full hour from now on. */
  readonly inHours: number;
}

const Moment = ({ label, path, timeZone, inHours }: MomentProps) => (
  <Field label={label} path={path}>
    {(control) => <input {...control} type="datetime-local" defaultValue={fullHour(timeZone, inHours)} />}
  </Field>
);

function fullHour(timeZone: string, inHours: number): string {
  const { date, minutes } = wallTime(timeZone, productNow() + inHours * HOUR_MS);
  return `${date}T${clockText(minutes - (minutes % 60))}`;
}

/** The API says what is wrong with a time that is none. */
function instantText(timeZone: string, local: string): string {
  const [date = '', time = ''] = local.split('T');
  if (!date || !time) return local;
  return new Date(instantOf(timeZone, { date, minutes: minutesOf(time) })).toISOString();
}
