import { useState } from 'react';
import { act } from '../adapters/act.js';
import { ResizePoolDocument } from '../adapters/generated/graphql.js';
import type { PoolDetails } from '../adapters/pool-query.js';
import { useAttempt } from '../adapters/use-attempt.js';
import { amountOf } from '../domain/say.js';
import { ActForm } from './act-form.js';
import { Dialog } from './dialog.js';
import { Field } from './field.js';

interface ResizeDialogProps {
  readonly pool: Pick<PoolDetails, 'id' | 'name' | 'size'>;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** A smaller size that waits to be confirmed, and the addresses that it costs. */
interface Shrinking {
  readonly size: number;
  readonly releasedIps: readonly string[];
}

/** Gives a pool more runners or fewer; of fewer it says first which static IPs that costs. */
export function ResizeDialog({ pool, onDone, onClose }: ResizeDialogProps) {
  const [shrinking, setShrinking] = useState<Shrinking>();
  if (shrinking) return <ConfirmShrinking {...{ pool, shrinking, onDone, onClose }} />;
  return <ChooseSize {...{ pool, onDone, onClose }} onShrinking={setShrinking} />;
}

interface ChooseSizeProps extends ResizeDialogProps {
  readonly onShrinking: (shrinking: Shrinking) => void;
}

function ChooseSize({ pool: { id, name, size: before }, onShrinking, onDone, onClose }: ChooseSizeProps) {
  const attempt = useAttempt(async (form: FormData) => {
    // What is no number is refused by the API at its field, as what is too large is.
    const size = Math.trunc(Number(form.get('size'))) || 0;
    const answer = await act(ResizePoolDocument, { id, size, confirm: false });
    if (answer.runnerPool?.size === size) onDone();
    else if (answer.runnerPool) onShrinking({ size, releasedIps: answer.releasedIps });
    return answer.userErrors;
  });
  return (
    <Dialog title={`Resize ${name}`} onClose={onClose}>
      <p className="muted">It has {amountOf(before, 'runner')}. Each new one gets a static IP.</p>
      <ActForm attempt={attempt} fields={['size']} submit="Resize" onCancel={onClose}>
        <Field label="Runners" path="size">
          {(control) => <input {...control} inputMode="numeric" defaultValue={before} autoComplete="off" />}
        </Field>
      </ActForm>
    </Dialog>
  );
}

interface ConfirmShrinkingProps extends ResizeDialogProps {
  readonly shrinking: Shrinking;
}

function ConfirmShrinking({
  pool: { id, name, size: before },
  shrinking,
  onDone,
  onClose,
}: ConfirmShrinkingProps) {
  const { size, releasedIps } = shrinking;
  const attempt = useAttempt(
    async () => (await act(ResizePoolDocument, { id, size, confirm: true })).userErrors,
    onDone,
  );
  return (
    <Dialog title={`Shrink ${name} from ${before} to ${size}?`} onClose={onClose}>
      <p className="muted">
        {amountOf(before - size, 'runner')} will be deleted once running jobs are over.{' '}
        {releasedIps.length > 0
          ? `${releasedIps.length === 1 ? 'This static IP is' : 'These static IPs are'} released, and nobody can have them back:`
          : 'No static IP is released.'}
      </p>
      <ul className="addresses">
        {releasedIps.map((address) => (
          <li key={address}>
            <code>{address}</code>
          </li>
        ))}
      </ul>
      <ActForm attempt={attempt} submit="Shrink" isGrave onCancel={onClose} />
    </Dialog>
  );
}
