import { useState } from 'react';
import { useAttempt } from '../adapters/use-attempt.js';
import { newRule, type PolicyDraft } from '../domain/policy-draft.js';
import type { Refusal } from '../domain/refusal.js';
import { ActForm } from './act-form.js';
import { DraftList } from './draft-list.js';
import { Field } from './field.js';
import { RuleFields } from './rule-fields.js';

const FIELDS = ['name', 'inbound', 'outbound'].map((name) => `input.${name}`);
const DIRECTIONS = [
  ['outbound', 'Outbound rules', 'Add an outbound rule'],
  ['inbound', 'Inbound rules', 'Add an inbound rule'],
] as const;

interface PolicyFormProps {
  readonly initial: PolicyDraft;
  readonly submit: string;
  readonly onSave: (draft: PolicyDraft) => Promise<readonly Refusal[]>;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** What a firewall policy says. */
export function PolicyForm({ initial, submit, onSave, onDone, onCancel }: PolicyFormProps) {
  const [draft, setDraft] = useState(initial);
  const attempt = useAttempt<FormData>(() => onSave(draft), onDone);
  const change = (part: Partial<PolicyDraft>) => setDraft((before) => ({ ...before, ...part }));
  return (
    <ActForm attempt={attempt} fields={FIELDS} submit={submit} onCancel={onCancel}>
      <Field label="Name" path="input.name">
        {(control) => (
          <input
            {...control}
            value={draft.name}
            onChange={({ target }) => change({ name: target.value })}
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
      {DIRECTIONS.map(([direction, title, add]) => (
        <DraftList
          key={direction}
          title={title}
          path={`input.${direction}`}
          add={add}
          rows={draft[direction]}
          newRow={newRule}
          onChange={(rules) => change({ [direction]: rules })}
        >
          {(rule, index, row) => <RuleFields direction={direction} rule={rule} index={index} {...row} />}
        </DraftList>
      ))}
      <p className="muted">
        Without outbound rules everything gets out. Inbound rules are exceptions: never port 22, never
        everybody; they open Hetzner’s firewall only, and the machine’s own packet filter still lets nothing
        in.
      </p>
    </ActForm>
  );
}
