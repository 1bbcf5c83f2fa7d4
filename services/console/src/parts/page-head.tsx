import type { ReactNode } from 'react';

interface PageHeadProps {
  readonly title: string;
  /** The way to here. */
  readonly crumbs?: ReactNode;
  /** The answer to the page's question. */
  readonly lead?: ReactNode;
  /** What can be done. */
  readonly children?: ReactNode;
}

/** What a page is about. */
export function PageHead({ title, crumbs, lead, children }: PageHeadProps) {
  return (
    <header className="page-head">
      <title>{`${title} · Cleanroom`}</title>
      <div>
        {crumbs && (
          <nav className="crumbs" aria-label="Where this is">
            {crumbs}
          </nav>
        )}
        <h1>{title}</h1>
        {lead}
      </div>
      {children && <div className="page-actions">{children}</div>}
    </header>
  );
}
