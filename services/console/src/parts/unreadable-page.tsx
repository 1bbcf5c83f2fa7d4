import { Notice } from './notice.js';

interface UnreadablePageProps {
  readonly title: string;
  readonly error: Error;
  readonly onRetry: () => void;
}

/** A page of which nothing could be read. */
export function UnreadablePage({ title, error, onRetry }: UnreadablePageProps) {
  return (
    <div className="page-alone">
      <title>{`${title} · Cleanroom`}</title>
      <h1>{title}</h1>
      <Notice title={`${title}: this could not be read.`} onRetry={onRetry}>
        {error.message}
      </Notice>
    </div>
  );
}
