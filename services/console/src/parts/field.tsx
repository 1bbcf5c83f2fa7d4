import { useContext, useId, type ReactNode } from 'react';
import { refusalsAt } from '../domain/refusal.js';
import { RefusalsContext } from './refusals-context.js';

/** What makes a control that of its field. */
interface ControlProps {
  readonly id: string;
  readonly name: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean;
}

interface FieldProps {
  readonly label: string;
  /** As the API calls it: `input.name`. */
  readonly path: string;
  readonly hint?: string;
  readonly children: (control: ControlProps) => ReactNode;
}

/** A control with its label, what helps to fill it in, and why what it says was refused. */
export function Field({ label, path, hint, children }: FieldProps) {
  const id = useId();
  const refusals = refusalsAt(useContext(RefusalsContext), path);
  const isRefused = refusals.length > 0;
  const about = [isRefused && `${id}-refused`, hint && `${id}-hint`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, name: path, 'aria-describedby': about || undefined, 'aria-invalid': isRefused })}
      {isRefused && (
        <p className="trouble" id={`${id}-refused`}>
          {[...new Set(refusals.map(({ message }) => message))].join(' ')}
        </p>
      )}
      {hint && (
        <p className="hint muted" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
