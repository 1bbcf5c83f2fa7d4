import { useState } from 'react';
import { Icon } from './icon.js';

interface CopiedTextProps {
  readonly text: string;
  /** What it is: the button says so. */
  readonly what: string;
}

/** A text that is needed elsewhere, with a button that copies it. */
export function CopiedText({ text, what }: CopiedTextProps) {
  const [said, setSaid] = useState('');
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setSaid('Copied'),
      () => setSaid('Select it to copy it'),
    );
  };
  return (
    <span className="copied-text">
      <code>{text}</code>
      <button className="quiet-button" type="button" onClick={copy} title={`Copy the ${what}`}>
        <Icon name="copy" />
        <span className="only-read">Copy the {what}</span>
      </button>
      <span className="muted" role="status">
        {said}
      </span>
    </span>
  );
}
