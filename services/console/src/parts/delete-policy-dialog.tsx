import { act } from '../adapters/act.js';
import { DeletePolicyDocument } from '../adapters/generated/graphql.js';
import { useAttempt } from '../adapters/use-attempt.js';
import { ActForm } from './act-form.js';
import { Dialog } from './dialog.js';

interface DeletePolicyDialogProps {
  readonly policy: { readonly id: string; readonly name: string };
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Deletes a policy that no pool has. */
export function DeletePolicyDialog({ policy: { id, name }, onDone, onClose }: DeletePolicyDialogProps) {
  const attempt = useAttempt(async () => (await act(DeletePolicyDocument, { id })).userErrors, onDone);
  return (
    <Dialog title={`Delete ${name}?`} onClose={onClose}>
      <p className="muted">Its firewalls at Hetzner are deleted as well. It cannot be had back.</p>
      <ActForm attempt={attempt} submit="Delete the policy" isGrave onCancel={onClose} />
    </Dialog>
  );
}
