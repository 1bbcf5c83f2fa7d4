import { act } from '../adapters/act.js';
import { WakeRunnerDocument } from '../adapters/generated/graphql.js';
import { productNow } from '../adapters/settings.js';
import { useAttempt } from '../adapters/use-attempt.js';
import { ActForm } from './act-form.js';
import { Dialog } from './dialog.js';
import { Field } from './field.js';

const HOUR_MS = 3_600_000;
const TIMES = [
  [0, 'to the end of its paid hour'],
  [2, 'for 2 hours'],
  [8, 'for 8 hours'],
  [24, 'for 24 hours'],
  [72, 'for 3 days'],
] as const;

interface WakeDialogProps {
  readonly runner: { readonly id: string; readonly name: string };
  /** Whether it has a machine, which is only to stay. */
  readonly isAwake: boolean;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Wakes a runner, or keeps it awake, for a while. */
export function WakeDialog({ runner: { id, name }, isAwake, onDone, onClose }: WakeDialogProps) {
  const attempt = useAttempt(async (form: FormData) => {
    const hours = Number(form.get('until'));
    const until = hours > 0 ? new Date(productNow() + hours * HOUR_MS).toISOString() : null;
    return (await act(WakeRunnerDocument, { id, until })).userErrors;
  }, onDone);
  return (
    <Dialog title={isAwake ? `Keep ${name} awake?` : `Wake ${name}?`} onClose={onClose}>
      <p className="muted">
        {isAwake
          ? 'Its machine stays, also when no job comes; each hour that begins costs.'
          : 'A machine is ordered now, and stays also when no job comes; each hour that begins costs.'}
      </p>
      <ActForm
        attempt={attempt}
        fields={['until']}
        submit={isAwake ? 'Keep awake' : 'Wake'}
        onCancel={onClose}
      >
        <Field label="Awake" path="until">
          {(control) => (
            <select {...control}>
              {TIMES.map(([hours, words]) => (
                <option key={hours} value={hours}>
                  {words}
                </option>
              ))}
            </select>
          )}
        </Field>
      </ActForm>
    </Dialog>
  );
}
