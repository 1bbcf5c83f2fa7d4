import { useId, useState } from 'react';

interface CopiedLinesProps {
  readonly lines: readonly string[];
  /** What they are: the button says so. */
  readonly what: string;
}

/** Lines that are needed elsewhere, and a button that copies them all. */
export function CopiedLines({ lines, what }: CopiedLinesProps) {
  const id = useId();
  const [said, setSaid] = useState('');
  const copy = () => {
    navigator.clipboard.writeText(lines.join('\n')).then(
      () => setSaid('Copied'),
      () => setSaid('Select them to copy them'),
    );
  };
  return (
    <>
      <p className="give">
        <button className="button main-button" type="button" onClick={copy}>
          Copy {what}
        </button>{' '}
        <span className="muted" role="status">
          {said}
        </span>
      </p>
      <label className="only-read" htmlFor={id}>
        The list
      </label>
      <textarea
        id={id}
        className="copied-lines"
        readOnly
        spellCheck={false}
        rows={Math.min(20, lines.length)}
        value={lines.join('\n')}
      />
    </>
  );
}
