import { useEffect, useRef, type FormEvent, type ReactNode } from 'react';
import type { Attempt } from '../adapters/use-attempt.js';
import { refusalsElsewhere } from '../domain/refusal.js';
import { RefusalsContext } from './refusals-context.js';

interface ActFormProps {
  readonly attempt: Attempt<FormData>;
  /** The fields that it has; what is refused for another reason is said below them. */
  readonly fields?: readonly string[];
  readonly submit: string;
  readonly isGrave?: boolean;
  readonly onCancel: () => void;
  readonly children?: ReactNode;
}

/** A form that keeps what was typed, and leads to the first field that was refused. */
export function ActForm({ attempt, fields = [], submit, isGrave, onCancel, children }: ActFormProps) {
  const { run, isBusy, refusals } = attempt;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (refusals.length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusals]);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void run(new FormData(event.currentTarget));
  };
  return (
    <RefusalsContext value={refusals}>
      <form className="act-form" ref={form} onSubmit={send} noValidate>
        {children}
        <div className="trouble" role="alert">
          {refusalsElsewhere(refusals, fields).map(({ message }) => (
            <p key={message}>{message}</p>
          ))}
        </div>
        <p className="act-buttons">
          <button className="button" type="button" onClick={onCancel}>
            Cancel
          </button>
          <button
            className={`button ${isGrave ? 'grave-button' : 'main-button'}`}
            type="submit"
            disabled={isBusy}
          >
            {submit}
          </button>
        </p>
      </form>
    </RefusalsContext>
  );
}
