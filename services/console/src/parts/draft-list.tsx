import { useId, type ReactNode } from 'react';
import { RowRefusals } from './row-refusals.js';

interface DraftListProps<Row> {
  readonly title: string;
  readonly path: string;
  readonly add: string;
  readonly rows: readonly Row[];
  readonly newRow: (key: number) => Row;
  readonly onChange: (rows: readonly Row[]) => void;
  readonly children: (row: Row, index: number, change: RowChange<Row>) => ReactNode;
}

interface RowChange<Row> {
  readonly onChange: (row: Row) => void;
  readonly onRemove: () => void;
}

/** Rows of a form that come and go. */
export function DraftList<Row extends { readonly key: number }>({
  title,
  path,
  add,
  rows,
  newRow,
  onChange,
  children,
}: DraftListProps<Row>) {
  const id = useId();
  const nextKey = Math.max(-1, ...rows.map(({ key }) => key)) + 1;
  return (
    <section className="act-form" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {rows.map((row, index) => (
        <div key={row.key}>
          {children(row, index, {
            onChange: (changed) => onChange(rows.with(index, changed)),
            onRemove: () => onChange(rows.toSpliced(index, 1)),
          })}
        </div>
      ))}
      <RowRefusals path={path} />
      <p>
        <button className="button" type="button" onClick={() => onChange([...rows, newRow(nextKey)])}>
          {add}
        </button>
      </p>
    </section>
  );
}
