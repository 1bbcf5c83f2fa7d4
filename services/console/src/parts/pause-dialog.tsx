import { act } from '../adapters/act.js';
import { PausePoolDocument } from '../adapters/generated/graphql.js';
import type { PoolDetails } from '../adapters/pool-query.js';
import { useAttempt } from '../adapters/use-attempt.js';
import { ActForm } from './act-form.js';
import { Dialog } from './dialog.js';

interface PauseDialogProps {
  readonly pool: Pick<PoolDetails, 'id' | 'name' | 'paused'>;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Lets a pool rest, or work again. */
export function PauseDialog({ pool: { id, name, paused }, onDone, onClose }: PauseDialogProps) {
  const attempt = useAttempt(
    async () => (await act(PausePoolDocument, { id, paused: !paused })).userErrors,
    onDone,
  );
  return (
    <Dialog title={paused ? `Let ${name} work again?` : `Pause ${name}?`} onClose={onClose}>
      <p className="muted">
        {paused
          ? 'Runners wake for the jobs that wait, and for its schedule.'
          : 'Running jobs finish, then all machines are deleted. Jobs wait until it works again; the static IPs stay.'}
      </p>
      <ActForm attempt={attempt} submit={paused ? 'Resume' : 'Pause'} onCancel={onClose} />
    </Dialog>
  );
}
