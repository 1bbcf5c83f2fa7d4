import { PageHead } from './page-head.js';
import { Skeleton } from './skeleton.js';

/** The frame of a page that is being read. */
export const ReadingPage = ({ title }: { readonly title: string }) => (
  <div className="page">
    <PageHead title={title} lead={<p className="lead">Loading …</p>} />
    <Skeleton />
  </div>
);
