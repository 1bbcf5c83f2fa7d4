import { Field } from './field.js';

interface TextFieldProps {
  readonly label: string;
  readonly path: string;
  readonly hint?: string;
  /** How it begins. */
  readonly initial?: string;
}

/** A line of text. */
export const TextField = ({ initial, ...props }: TextFieldProps) => (
  <Field {...props}>
    {(control) => <input {...control} defaultValue={initial} autoComplete="off" spellCheck={false} />}
  </Field>
);
