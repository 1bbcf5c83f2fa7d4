import { useEffect, useRef, type ReactNode } from 'react';

interface SetUpStepProps {
  readonly number: number;
  readonly title: string;
  readonly standing: 'done' | 'current' | 'later';
  /** What is there already, or why it cannot be told. */
  readonly said: string;
  readonly children: ReactNode;
}

/** One step of several: what is done says so, and what comes later waits. */
export function SetUpStep({ number, title, standing, said, children }: SetUpStepProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(standing);
  useEffect(() => {
    // Whoever cannot see the page is told where it goes on.
    if (before.current !== standing && standing === 'current') heading.current?.focus();
    before.current = standing;
  }, [standing]);
  return (
    <li
      className={`card part step step-${standing}`}
      aria-current={standing === 'current' ? 'step' : undefined}
    >
      <h2 ref={heading} tabIndex={-1}>
        {number}. {title}
      </h2>
      {standing !== 'current' && (
        <p className="muted">{standing === 'done' ? said : 'After the step before.'}</p>
      )}
      {standing === 'current' && (said ? <p className="muted">{said}</p> : children)}
    </li>
  );
}
