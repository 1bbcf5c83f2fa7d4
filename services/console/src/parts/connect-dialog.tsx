import { ConnectGitLabForm } from './connect-gitlab-form.js';
import { ConnectHetznerForm } from './connect-hetzner-form.js';
import { Dialog } from './dialog.js';

export type ConnectionKind = 'hetzner' | 'gitlab';

const KINDS = {
  hetzner: { title: 'Connect a Hetzner project', Form: ConnectHetznerForm },
  gitlab: { title: 'Connect a GitLab', Form: ConnectGitLabForm },
} as const;

interface ConnectDialogProps {
  readonly kind: ConnectionKind;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Connects one more. */
export function ConnectDialog({ kind, onDone, onClose }: ConnectDialogProps) {
  const { title, Form } = KINDS[kind];
  return (
    <Dialog title={title} onClose={onClose}>
      <p className="muted">The token is checked before it is kept.</p>
      <Form onDone={onDone} onCancel={onClose} />
    </Dialog>
  );
}
