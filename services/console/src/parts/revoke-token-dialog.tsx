import { act } from '../adapters/act.js';
import type { ApiToken } from '../adapters/api-tokens-query.js';
import { RevokeApiTokenDocument } from '../adapters/generated/graphql.js';
import { useAttempt } from '../adapters/use-attempt.js';
import { ActForm } from './act-form.js';
import { Dialog } from './dialog.js';

interface RevokeTokenDialogProps {
  readonly token: Pick<ApiToken, 'id' | 'name'>;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Ends an API token for good. */
export function RevokeTokenDialog({ token: { id, name }, onDone, onClose }: RevokeTokenDialogProps) {
  const attempt = useAttempt(async () => (await act(RevokeApiTokenDocument, { id })).userErrors, onDone);
  return (
    <Dialog title={`Revoke ${name}?`} onClose={onClose}>
      <p className="muted">
        Dashboards with this token lose their connection within 5 seconds, and so do you where you signed in
        with it. It cannot be had back.
      </p>
      <ActForm attempt={attempt} submit="Revoke the token" isGrave onCancel={onClose} />
    </Dialog>
  );
}
