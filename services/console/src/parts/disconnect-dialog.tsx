import { act } from '../adapters/act.js';
import { DisconnectGitLabDocument, DisconnectHetznerProjectDocument } from '../adapters/generated/graphql.js';
import { useAttempt } from '../adapters/use-attempt.js';
import { ActForm } from './act-form.js';
import type { ConnectionKind } from './connect-dialog.js';
import { Dialog } from './dialog.js';

interface DisconnectDialogProps {
  readonly kind: ConnectionKind;
  readonly connection: { readonly id: string; readonly name: string };
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Ends a connection, unless a pool needs it. */
export function DisconnectDialog({ kind, connection: { id, name }, onDone, onClose }: DisconnectDialogProps) {
  const attempt = useAttempt(async () => {
    const payload =
      kind === 'hetzner'
        ? await act(DisconnectHetznerProjectDocument, { id })
        : await act(DisconnectGitLabDocument, { id });
    return payload.userErrors;
  }, onDone);
  return (
    <Dialog title={`Disconnect ${name}?`} onClose={onClose}>
      <p className="muted">
        Its token is forgotten, and what Cleanroom has left there is taken away. Nothing of yours is touched.
        It can be connected again with a token.
      </p>
      <ActForm attempt={attempt} submit="Disconnect" isGrave onCancel={onClose} />
    </Dialog>
  );
}
