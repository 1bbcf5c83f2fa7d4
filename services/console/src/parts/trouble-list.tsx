import { useState, type ReactNode } from 'react';
import { amountOf, number } from '../domain/say.js';

/** Somebody or something that waits, for how long, and why. */
export interface Trouble {
  readonly id: string;
  readonly name: ReactNode;
  readonly detail?: string;
  readonly age: string;
  readonly because: string;
}

interface TroubleListProps {
  readonly id: string;
  readonly title: string;
  /** What one of them is called. */
  readonly noun: string;
  readonly troubles: readonly Trouble[];
  readonly total: number;
  /** Said where there is none. */
  readonly none: ReactNode;
  /** Whether it is certain that there is none. */
  readonly isCalm: boolean;
}

/** On a phone fewer; the style sheet hides the others there. */
const FIRST = 5;
const FIRST_ON_PHONE = 2;

/** What is wrong, the oldest first. */
export function TroubleList({ id, title, noun, troubles, total, none, isCalm }: TroubleListProps) {
  const [isOpen, setOpen] = useState(false);
  const shown = isOpen ? troubles : troubles.slice(0, FIRST);
  return (
    <section className={isCalm ? 'troubles troubles-none' : 'troubles'} aria-labelledby={id}>
      <h2 id={id} tabIndex={-1}>
        {title} {total > 0 && <span className="muted">{number(total)}</span>}
      </h2>
      {troubles.length === 0 && <p className="muted none">{none}</p>}
      <ul className={isOpen ? 'all' : 'first'}>
        {shown.map((trouble) => (
          <li key={trouble.id}>
            <p className="trouble-head">
              <strong>{trouble.name}</strong>
              <span className="muted">{trouble.age}</span>
            </p>
            {trouble.detail && <p className="muted">{trouble.detail}</p>}
            <p className="muted">{trouble.because}</p>
          </li>
        ))}
      </ul>
      {troubles.length > FIRST_ON_PHONE && (
        <button
          className={troubles.length > FIRST ? 'link-button' : 'link-button only-phone'}
          type="button"
          onClick={() => setOpen(!isOpen)}
          aria-expanded={isOpen}
        >
          {isOpen ? 'Show fewer' : `Show all ${amountOf(troubles.length, noun)}`}
        </button>
      )}
    </section>
  );
}
