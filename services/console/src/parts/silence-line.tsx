import { NoAnswer } from '../adapters/session.js';
import { silence, silentServices, type MissingPart } from '../domain/who-answers.js';

interface SilenceLineProps {
  readonly missing?: readonly MissingPart[] | undefined;
  /** Why what is shown could not be read anew. */
  readonly error?: Error | null;
}

/** Which services do not answer; the rest of the page stays. */
export function SilenceLine({ missing = [], error }: SilenceLineProps) {
  const parts = error instanceof NoAnswer ? [...missing, ...error.missing] : missing;
  const said = silence(silentServices(parts)) || error?.message;
  return said ? (
    <p className="silence" role="status">
      {said} What is shown of it may be old.
    </p>
  ) : null;
}
