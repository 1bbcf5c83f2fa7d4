import { useState } from 'react';
import { act } from '../adapters/act.js';
import { CreateApiTokenDocument, type Role } from '../adapters/generated/graphql.js';
import { useAttempt } from '../adapters/use-attempt.js';
import { endOfDay, ROLE_WORDS } from '../domain/token-words.js';
import { ActForm } from './act-form.js';
import { CopiedText } from './copied-text.js';
import { Dialog } from './dialog.js';
import { Field } from './field.js';
import { TextField } from './text-field.js';

const FIELDS = ['name', 'role', 'expiresAt'];

interface NewTokenDialogProps {
  /** Also where the dialog is closed later: the list has one more. */
  readonly onCreated: () => void;
  readonly onClose: () => void;
}

/** Makes an API token, whose secret is in this dialog and nowhere else. */
export function NewTokenDialog({ onCreated, onClose }: NewTokenDialogProps) {
  const [secret, setSecret] = useState<string>();
  const attempt = useAttempt(async (form: FormData) => {
    const name = String(form.get('name'));
    const role = String(form.get('role')) as Role;
    const expiresAt = endOfDay(String(form.get('expiresAt')));
    const payload = await act(CreateApiTokenDocument, { name, role, expiresAt });
    setSecret(payload.secret ?? undefined);
    return payload.userErrors;
  }, onCreated);
  if (secret !== undefined) return <ShownOnce secret={secret} onClose={onClose} />;
  return (
    <Dialog title="New API token" onClose={onClose}>
      <p className="muted">Whoever has it may do what its role may: over the API, and here.</p>
      <ActForm attempt={attempt} fields={FIELDS} submit="Create the token" onCancel={onClose}>
        <TextField label="Name" path="name" hint="The audit log tells what was done with it by this name." />
        <Field label="Role" path="role">
          {(control) => (
            <select {...control}>
              {Object.entries(ROLE_WORDS).map(([role, words]) => (
                <option key={role} value={role}>
                  {role}: {words}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Ends on" path="expiresAt" hint="At the end of that day, UTC. Left empty it never does.">
          {(control) => <input {...control} type="date" />}
        </Field>
      </ActForm>
    </Dialog>
  );
}

function ShownOnce({ secret, onClose }: { readonly secret: string; readonly onClose: () => void }) {
  return (
    <Dialog title="The token is made" onClose={onClose}>
      <p className="warn">Copy it now. It is not shown again.</p>
      <p className="secret">
        <CopiedText text={secret} what="token" />
      </p>
      <p className="act-buttons">
        <button className="button main-button" type="button" onClick={onClose}>
          Done
        </button>
      </p>
    </Dialog>
  );
}
