import type { WindowDraft } from '../domain/schedule-draft.js';
import { DAYS, type DayOfWeek } from '../domain/week-grid.js';
import { Field } from './field.js';
import { RowRefusals } from './row-refusals.js';

interface WindowFieldsProps {
  readonly window: WindowDraft;
  readonly index: number;
  readonly onChange: (window: WindowDraft) => void;
  readonly onRemove: () => void;
}

/** One window of a schedule: days, from when to when, how many. */
export function WindowFields({ window, index, onChange, onRemove }: WindowFieldsProps) {
  const path = `input.windows.${index}`;
  const text = (name: 'start' | 'end' | 'warm', label: string) => (
    <Field label={label} path={`${path}.${name}`}>
      {(control) => (
        <input
          {...control}
          value={window[name]}
          onChange={({ target }) => onChange({ ...window, [name]: target.value })}
          autoComplete="off"
        />
      )}
    </Field>
  );
  return (
    <fieldset className="draft-row">
      <legend>Window {index + 1}</legend>
      <Days window={window} onChange={onChange} />
      <RowRefusals path={`${path}.days`} />
      <div className="field-pair">
        {text('start', 'Start')}
        {text('end', 'End')}
      </div>
      {text('warm', 'Runners kept warm')}
      <RowRefusals path={path} />
      <p>
        <button className="link-button" type="button" onClick={onRemove}>
          Remove<span className="only-read"> window {index + 1}</span>
        </button>
      </p>
    </fieldset>
  );
}

const Days = ({ window, onChange }: Pick<WindowFieldsProps, 'window' | 'onChange'>) => (
  <div className="draft-days">
    {DAYS.map((day) => (
      <label key={day} className="checkbox">
        <input
          type="checkbox"
          checked={window.days.includes(day)}
          onChange={() => onChange({ ...window, days: toggled(window.days, day) })}
        />
        {day.charAt(0) + day.slice(1, 3).toLowerCase()}
      </label>
    ))}
  </div>
);

const toggled = (days: readonly DayOfWeek[], day: DayOfWeek): DayOfWeek[] =>
  DAYS.filter((one) => days.includes(one) !== (one === day));
