import type { ReactNode } from 'react';

interface NoticeProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly onRetry?: (() => void) | undefined;
}

/** What could not be read, and why. */
export function Notice({ title, children, onRetry }: NoticeProps) {
  return (
    <div className="notice" role="alert">
      <p className="notice-title">{title}</p>
      {children && <p>{children}</p>}
      {onRetry && (
        <button className="button" type="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}
