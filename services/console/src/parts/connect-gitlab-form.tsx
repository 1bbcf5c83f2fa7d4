import { act } from '../adapters/act.js';
import { ConnectGitLabDocument } from '../adapters/generated/graphql.js';
import { useAttempt } from '../adapters/use-attempt.js';
import { ActForm } from './act-form.js';
import { SecretField } from './secret-field.js';
import { TextField } from './text-field.js';

const FIELDS = ['input.name', 'input.url', 'input.accessToken'];

interface ConnectFormProps {
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** Connects a GitLab, once its token was seen to have the scope that is needed. */
export function ConnectGitLabForm({ onDone, onCancel }: ConnectFormProps) {
  const attempt = useAttempt(async (form: FormData) => {
    const text = (name: string) => String(form.get(`input.${name}`)).trim();
    const input = { name: text('name'), url: text('url'), accessToken: text('accessToken') };
    return (await act(ConnectGitLabDocument, { input })).userErrors;
  }, onDone);
  return (
    <ActForm attempt={attempt} fields={FIELDS} submit="Check and connect" onCancel={onCancel}>
      <TextField label="Name" path="input.name" hint="What people call it." />
      <TextField
        label="Address"
        path="input.url"
        hint="Such as https://gitlab.example."
        initial="https://gitlab.com"
      />
      <SecretField
        label="Access token"
        path="input.accessToken"
        hint="Of a group or a user who may make runners there, with the scope api. It is kept sealed and never shown again."
      />
    </ActForm>
  );
}
