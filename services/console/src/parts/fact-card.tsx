import { useId, type ReactNode } from 'react';

interface FactCardProps {
  readonly title: string;
  /** Why nothing can be shown. */
  readonly instead?: string | undefined;
  readonly children?: ReactNode;
}

/** Facts of one kind. */
export function FactCard({ title, instead, children }: FactCardProps) {
  const id = useId();
  return (
    <section className="card part" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {instead ? <p className="muted">{instead}</p> : <dl className="fact-list">{children}</dl>}
    </section>
  );
}
