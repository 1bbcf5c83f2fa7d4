import { Field } from './field.js';

interface SecretFieldProps {
  readonly label: string;
  readonly path: string;
  readonly hint: string;
}

/** Something that is typed once and never shown: Cleanroom keeps it sealed. */
export const SecretField = (props: SecretFieldProps) => (
  <Field {...props}>
    {(control) => <input {...control} type="password" autoComplete="off" spellCheck={false} />}
  </Field>
);
