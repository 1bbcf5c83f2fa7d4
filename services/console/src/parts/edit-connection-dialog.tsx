import { act } from '../adapters/act.js';
import { UpdateGitLabDocument, UpdateHetznerProjectDocument } from '../adapters/generated/graphql.js';
import { useAttempt } from '../adapters/use-attempt.js';
import type { Refusal } from '../domain/refusal.js';
import { ActForm } from './act-form.js';
import type { ConnectionKind } from './connect-dialog.js';
import { Dialog } from './dialog.js';
import { SecretField } from './secret-field.js';
import { TextField } from './text-field.js';

interface EditConnectionDialogProps {
  readonly kind: ConnectionKind;
  readonly connection: { readonly id: string; readonly name: string };
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Renames a connection, or replaces its token; then what had stopped goes on. */
export function EditConnectionDialog({
  kind,
  connection: { id, name: before },
  onDone,
  onClose,
}: EditConnectionDialogProps) {
  const secret = kind === 'hetzner' ? 'apiToken' : 'accessToken';
  const attempt = useAttempt((form: FormData) => {
    const text = (field: string) => String(form.get(field)).trim();
    return update(kind, {
      id,
      name: text('name') === before ? null : text('name'),
      token: text(secret) || null,
    });
  }, onDone);
  return (
    <Dialog title={`Change ${before}`} onClose={onClose}>
      <p className="muted">A new token is checked before it takes the place of the old one.</p>
      <ActForm attempt={attempt} fields={['name', secret]} submit="Save" onCancel={onClose}>
        <TextField label="Name" path="name" initial={before} />
        <SecretField
          label={kind === 'hetzner' ? 'New API token' : 'New access token'}
          path={secret}
          hint={
            kind === 'hetzner'
              ? 'One of the same project, with Read & Write. Left empty, the old one stays.'
              : 'With the scope api. Left empty, the old one stays.'
          }
        />
      </ActForm>
    </Dialog>
  );
}

interface Change {
  readonly id: string;
  readonly name: string | null;
  readonly token: string | null;
}

async function update(kind: ConnectionKind, { id, name, token }: Change): Promise<readonly Refusal[]> {
  // What is not to change is not asked for, so that the audit log does not tell of it.
  if (name === null && token === null) return [];
  const payload =
    kind === 'hetzner'
      ? await act(UpdateHetznerProjectDocument, { id, name, apiToken: token })
      : await act(UpdateGitLabDocument, { id, name, accessToken: token });
  return payload.userErrors;
}
