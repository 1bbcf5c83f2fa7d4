import { useState, type ChangeEvent } from 'react';
import { useAttempt } from '../adapters/use-attempt.js';
import type { Refusal } from '../domain/refusal.js';
import { newWindow, type ScheduleDraft } from '../domain/schedule-draft.js';
import { ActForm } from './act-form.js';
import { DraftList } from './draft-list.js';
import { Field } from './field.js';
import { HolidayFields } from './holiday-fields.js';
import { WindowFields } from './window-fields.js';

const FIELDS = ['name', 'timeZone', 'holidayCountry', 'windows', 'holidays'].map((name) => `input.${name}`);

interface ScheduleFormProps {
  readonly initial: ScheduleDraft;
  readonly submit: string;
  readonly onSave: (draft: ScheduleDraft) => Promise<readonly Refusal[]>;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** The rules of a schedule. */
export function ScheduleForm({ initial, submit, onSave, onDone, onCancel }: ScheduleFormProps) {
  const [draft, setDraft] = useState(initial);
  const attempt = useAttempt<FormData>(() => onSave(draft), onDone);
  const change = (part: Partial<ScheduleDraft>) => setDraft((before) => ({ ...before, ...part }));
  return (
    <ActForm attempt={attempt} fields={FIELDS} submit={submit} onCancel={onCancel}>
      <TextFields draft={draft} onChange={change} />
      <DraftList
        title="Windows"
        path="input.windows"
        add="Add a window"
        rows={draft.windows}
        newRow={newWindow}
        onChange={(windows) => change({ windows })}
      >
        {(window, index, row) => <WindowFields window={window} index={index} {...row} />}
      </DraftList>
      <DraftList
        title="Holidays"
        path="input.holidays"
        add="Add a holiday"
        rows={draft.holidays}
        newRow={(key) => ({ key, date: '', name: '' })}
        onChange={(holidays) => change({ holidays })}
      >
        {(holiday, index, row) => <HolidayFields holiday={holiday} index={index} {...row} />}
      </DraftList>
    </ActForm>
  );
}

interface TextFieldsProps {
  readonly draft: ScheduleDraft;
  readonly onChange: (part: Partial<ScheduleDraft>) => void;
}

const TEXTS = [
  ['name', 'Name', ''],
  ['timeZone', 'Time zone', 'Such as Europe/Berlin. Clocks that change are minded.'],
  [
    'holidayCountry',
    'Public holidays of',
    'A country such as DE, or a part of one such as DE-BY; empty for none.',
  ],
] as const;

const TextFields = ({ draft, onChange }: TextFieldsProps) =>
  TEXTS.map(([name, label, hint]) => (
    <Field key={name} label={label} path={`input.${name}`} hint={hint}>
      {(control) => (
        <input
          {...control}
          value={draft[name]}
          onChange={({ target }: ChangeEvent<HTMLInputElement>) => onChange({ [name]: target.value })}
          autoComplete="off"
          spellCheck={false}
        />
      )}
    </Field>
  ));
