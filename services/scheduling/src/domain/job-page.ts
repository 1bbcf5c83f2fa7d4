import type { Job } from './job.js';

/**
 * The address of a job's page at its GitLab; null where that is none that a browser should open. GitLab says the path, a
 * customer the address of the GitLab, and others click on what comes of it.
 */
export function jobPage(gitlabUrl: string, job: Pick<Job, 'projectPath' | 'gitlabJobId'>): string | null {
  if (!URL.canParse(gitlabUrl)) return null;
  const { protocol, origin, pathname } = new URL(gitlabUrl);
  const segments = job.projectPath.split('/');
  if (!['https:', 'http:'].includes(protocol) || segments.some(isNowhere)) return null;
  const project = segments.map(encodeURIComponent).join('/');
  return `${origin}${pathname.replace(/(?<!\/)\/+$/, '')}/${project}/-/jobs/${job.gitlabJobId}`;
}

/** A browser takes them for ways to elsewhere. */
const isNowhere = (segment: string): boolean => ['', '.', '..'].includes(segment);
