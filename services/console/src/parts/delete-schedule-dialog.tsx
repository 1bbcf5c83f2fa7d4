import { act } from '../adapters/act.js';
import { DeleteScheduleDocument } from '../adapters/generated/graphql.js';
import type { Schedule } from '../adapters/schedules-query.js';
import { useAttempt } from '../adapters/use-attempt.js';
import { ActForm } from './act-form.js';
import { Dialog } from './dialog.js';

interface DeleteScheduleDialogProps {
  readonly schedule: Pick<Schedule, 'id' | 'name'>;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Deletes a schedule that no pool follows. */
export function DeleteScheduleDialog({ schedule: { id, name }, onDone, onClose }: DeleteScheduleDialogProps) {
  const attempt = useAttempt(async () => (await act(DeleteScheduleDocument, { id })).userErrors, onDone);
  return (
    <Dialog title={`Delete ${name}?`} onClose={onClose}>
      <p className="muted">Its windows, holidays and overrides go with it.</p>
      <ActForm attempt={attempt} submit="Delete the schedule" isGrave onCancel={onClose} />
    </Dialog>
  );
}
