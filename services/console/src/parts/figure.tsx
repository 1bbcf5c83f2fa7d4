import type { ReactNode } from 'react';

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly children: ReactNode;
}

/** One large number, and what it is. */
export const Figure = ({ name, value, children }: FigureProps) => (
  <section className="card part big-figure" aria-label={name}>
    <p className="muted">{name}</p>
    <p className="big">{value}</p>
    <p className="muted">{children}</p>
  </section>
);
