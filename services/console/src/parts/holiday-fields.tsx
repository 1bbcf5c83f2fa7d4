import type { HolidayDraft } from '../domain/schedule-draft.js';
import { Field } from './field.js';
import { RowRefusals } from './row-refusals.js';

interface HolidayFieldsProps {
  readonly holiday: HolidayDraft;
  readonly index: number;
  readonly onChange: (holiday: HolidayDraft) => void;
  readonly onRemove: () => void;
}

/** One date on which nothing opens. */
export function HolidayFields({ holiday, index, onChange, onRemove }: HolidayFieldsProps) {
  const path = `input.holidays.${index}`;
  return (
    <fieldset className="draft-row">
      <legend>Holiday {index + 1}</legend>
      <div className="field-pair">
        <Field label="Date" path={`${path}.date`}>
          {(control) => (
            <input
              {...control}
              type="date"
              value={holiday.date}
              onChange={({ target }) => onChange({ ...holiday, date: target.value })}
            />
          )}
        </Field>
        <Field label="Name" path={`${path}.name`}>
          {(control) => (
            <input
              {...control}
              value={holiday.name}
              onChange={({ target }) => onChange({ ...holiday, name: target.value })}
              autoComplete="off"
            />
          )}
        </Field>
      </div>
      <RowRefusals path={path} />
      <p>
        <button className="link-button" type="button" onClick={onRemove}>
          Remove<span className="only-read"> holiday {index + 1}</span>
        </button>
      </p>
    </fieldset>
  );
}
