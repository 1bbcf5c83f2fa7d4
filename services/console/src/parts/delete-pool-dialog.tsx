import { act } from '../adapters/act.js';
import { DeletePoolDocument } from '../adapters/generated/graphql.js';
import type { PoolDetails } from '../adapters/pool-query.js';
import { useAttempt } from '../adapters/use-attempt.js';
import { amountOf } from '../domain/say.js';
import { ActForm } from './act-form.js';
import { Dialog } from './dialog.js';
import { Field } from './field.js';

interface DeletePoolDialogProps {
  readonly pool: Pick<PoolDetails, 'id' | 'name' | 'size'>;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Deletes a pool for good, which nobody should do by a slip of the hand. */
export function DeletePoolDialog({ pool: { id, name, size }, onDone, onClose }: DeletePoolDialogProps) {
  const attempt = useAttempt(async (form: FormData) => {
    const isMeant = String(form.get('name')).trim() === name;
    if (!isMeant) return [{ message: `Type ${name} to delete it.`, path: ['name'] }];
    return (await act(DeletePoolDocument, { id })).userErrors;
  }, onDone);
  return (
    <Dialog title={`Delete ${name}?`} onClose={onClose}>
      <p className="muted">
        Running jobs finish. Then its machines, {amountOf(size, 'runner')} and {amountOf(size, 'static IP')}{' '}
        are deleted; the addresses cannot be had back.
      </p>
      <ActForm attempt={attempt} fields={['name']} submit="Delete the pool" isGrave onCancel={onClose}>
        <Field label="Its name, to be sure" path="name">
          {(control) => <input {...control} autoComplete="off" spellCheck={false} />}
        </Field>
      </ActForm>
    </Dialog>
  );
}
