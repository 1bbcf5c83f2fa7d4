import { act } from '../adapters/act.js';
import { DrainRunnerDocument } from '../adapters/generated/graphql.js';
import { useAttempt } from '../adapters/use-attempt.js';
import { whatDrainDoes } from '../domain/drain.js';
import type { RunnerState } from '../domain/runner-states.js';
import { ActForm } from './act-form.js';
import { Dialog } from './dialog.js';

interface DrainDialogProps {
  readonly runner: { readonly id: string; readonly name: string };
  readonly state: RunnerState;
  readonly job: string | undefined;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Has a runner's machine replaced, once it is clear what happens to its job. */
export function DrainDialog({ runner: { id, name }, state, job, onDone, onClose }: DrainDialogProps) {
  const attempt = useAttempt(async () => (await act(DrainRunnerDocument, { id })).userErrors, onDone);
  return (
    <Dialog title={`Drain ${name}?`} onClose={onClose}>
      <p className="muted">{whatDrainDoes(state, job)}</p>
      <ActForm attempt={attempt} submit="Drain" onCancel={onClose} />
    </Dialog>
  );
}
