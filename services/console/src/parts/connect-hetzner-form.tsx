import { act } from '../adapters/act.js';
import { ConnectHetznerProjectDocument } from '../adapters/generated/graphql.js';
import { useAttempt } from '../adapters/use-attempt.js';
import { ActForm } from './act-form.js';
import { SecretField } from './secret-field.js';
import { TextField } from './text-field.js';

const FIELDS = ['input.name', 'input.apiToken', 'input.endpoint'];

interface ConnectFormProps {
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** Connects a Hetzner project, once its token was seen to do what is needed. */
export function ConnectHetznerForm({ onDone, onCancel }: ConnectFormProps) {
  const attempt = useAttempt(async (form: FormData) => {
    const text = (name: string) => String(form.get(`input.${name}`)).trim();
    const input = { name: text('name'), apiToken: text('apiToken'), endpoint: text('endpoint') || null };
    return (await act(ConnectHetznerProjectDocument, { input })).userErrors;
  }, onDone);
  return (
    <ActForm attempt={attempt} fields={FIELDS} submit="Check and connect" onCancel={onCancel}>
      <TextField label="Name" path="input.name" hint="What people call the project." />
      <SecretField
        label="API token"
        path="input.apiToken"
        hint="Hetzner Console, the project, Security, API tokens: one with Read & Write. It is kept sealed and never shown again."
      />
      <TextField
        label="Address of the API"
        path="input.endpoint"
        hint="Left empty it is Hetzner’s own. Another one has to be allowed by the operator of Cleanroom."
      />
    </ActForm>
  );
}
