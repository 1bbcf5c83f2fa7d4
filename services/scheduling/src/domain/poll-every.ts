/** How long a job whose webhook was lost can go unseen, in milliseconds of the product's clock. */
const SHORTEST = 30_000;
/** GitLab allows 600 reads of a project's jobs a minute; a poll makes two, and others need some too. */
const PER_PROJECT = 250;

/** The time between two polls of a project, so that all projects of a connection stay within GitLab's limit. */
export const pollEvery = (projects: number): number => Math.max(SHORTEST, projects * PER_PROJECT);
