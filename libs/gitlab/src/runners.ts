import type { Runners, Users } from '@gitbeaker/rest';
import { z } from 'zod';
import { parseAnswer } from './answer.js';
import { GitLabError, isNotFound } from './gitlab-error.js';
import { job } from './jobs.js';
import type { Job } from './jobs.js';
import { createdRunner, runnerDetails, runnerManager, runnerSummary } from './runner-answers.js';
import type { CreatedRunner, RunnerDetails, RunnerManager, RunnerSummary } from './runner-answers.js';

/** Where a runner belongs. An instance runner needs an administrator's token. */
export type RunnerOwner =
  | { readonly type: 'instance' }
  | { readonly type: 'group'; readonly groupId: number }
  | { readonly type: 'project'; readonly projectId: number };

export type NewRunner = RunnerOwner & {
  readonly description: string;
  readonly tags: readonly string[];
  /** Whether it takes jobs without tags. False needs at least one tag. */
  readonly runUntagged: boolean;
  /** At most 1024 characters; shown by `getRunner`, not by `listRunners`. */
  readonly maintenanceNote: string;
  /** `ref_protected`: jobs of protected branches and tags only. @default 'not_protected' */
  readonly accessLevel?: 'not_protected' | 'ref_protected';
  /** @default false */
  readonly paused?: boolean;
};

export interface RunnerFilter {
  readonly groupId?: number;
  readonly projectId?: number;
  /** Only runners that have this tag. */
  readonly tag?: string;
  /** Only so many, 100 at most: to see whether the token may list them at all. @default all */
  readonly first?: number;
}

export interface RunnerCalls {
  /** Never repeated: after `unknown-outcome` look for it with `findRunnersByNote`. */
  createRunner(runner: NewRunner): Promise<CreatedRunner>;
  getRunner(id: number): Promise<RunnerDetails>;
  /** Runners of the group or project's own type; without either, all of the instance (administrators only). */
  listRunners(filter: RunnerFilter): Promise<RunnerSummary[]>;
  /**
   * The runners whose maintenance note is exactly `note`. Lists do not show the note, so this costs one call per
   * listed runner; `description` narrows the list beforehand.
   */
  findRunnersByNote(
    filter: RunnerFilter & { readonly description?: string },
    note: string,
  ): Promise<RunnerDetails[]>;
  /** Replaces which jobs it takes; what is left out stays. Repeating it changes nothing. */
  setJobsTaken(
    id: number,
    jobs: Pick<NewRunner, 'tags' | 'runUntagged' | 'accessLevel' | 'paused'>,
  ): Promise<void>;
  /** The runner goes on asking and gets nothing more: the way to drain it. Repeating it changes nothing. */
  pauseRunner(id: number): Promise<void>;
  /** Also succeeds where the runner is already gone. */
  deleteRunner(id: number): Promise<void>;
  /** Deletes with the runner's own token; also succeeds where GitLab no longer knows the token. */
  deleteRunnerByToken(token: string): Promise<void>;
  /** The jobs that run on it, those being cancelled among them; none where the runner is gone. */
  runningJobsOfRunner(id: number): Promise<Job[]>;
  listRunnerManagers(id: number): Promise<RunnerManager[]>;
}

interface Resources {
  readonly runners: Runners;
  readonly users: Users;
}

/** Runners as GitLab's API has them: made by `POST /user/runners`, read and deleted by id. */
export function createRunnerCalls({ runners, users }: Resources): RunnerCalls {
  const getRunner = async (id: number) =>
    parseAnswer('GET runners/:id', runnerDetails, await runners.show(id));
  const listRunners = async (filter: RunnerFilter) =>
    parseAnswer('GET runners', z.array(runnerSummary), await runners.all(query(filter)));
  return {
    createRunner: async (runner) =>
      parseAnswer('POST user/runners', createdRunner, await users.createCIRunner(...creation(runner))),
    getRunner,
    listRunners,
    findRunnersByNote: async ({ description, ...filter }, note) => {
      const listed = await listRunners(filter);
      const candidates = listed.filter((one) => description === undefined || one.description === description);
      const found = await inTurn(candidates, (one) => unlessGone(getRunner(one.id), undefined));
      return found.filter((one) => one !== undefined).filter((one) => one.maintenanceNote === note);
    },
    pauseRunner: async (id) => void (await runners.edit(id, { paused: true })),
    setJobsTaken: async (id, { tags, runUntagged, accessLevel, paused }) =>
      void (await runners.edit(id, { tagList: [...tags], runUntagged, accessLevel, paused })),
    deleteRunner: (id) => unlessGone(runners.remove({ runnerId: id }), undefined),
    deleteRunnerByToken: (token) => unlessGone(runners.remove({ token }), undefined, isUnknownToken),
    runningJobsOfRunner: async (id) => {
      const latest = await unlessGone(latestJobs(runners, id), undefined);
      // Whoever believed it has no jobs would delete its machine: that the runner is gone it must say of itself.
      if (!latest) return noneIfGone(id, await unlessGone(getRunner(id), undefined));
      return parseAnswer('GET runners/:id/jobs', z.array(job), latest).filter(({ status }) =>
        UNDER_WAY.includes(status),
      );
    },
    listRunnerManagers: async (id) =>
      parseAnswer('GET runners/:id/managers', z.array(runnerManager), await managers(runners, id)),
  };
}

function creation(runner: NewRunner): Parameters<Users['createCIRunner']> {
  const { type, description, tags, runUntagged, maintenanceNote, accessLevel, paused } = runner;
  const owner =
    runner.type === 'group'
      ? { groupId: runner.groupId }
      : runner.type === 'project'
        ? { projectId: runner.projectId }
        : {};
  const options = {
    ...owner,
    description,
    tagList: [...tags],
    runUntagged,
    maintenanceNote,
    accessLevel,
    paused,
  };
  return [`${type}_type`, options];
}

function query({ groupId, projectId, tag, first }: RunnerFilter): object {
  // Without the type a group's list also holds the runners of the whole instance.
  const type = groupId ? { type: 'group_type' } : projectId ? { type: 'project_type' } : {};
  const pages = first === undefined ? { perPage: 100 } : { perPage: first, page: 1 };
  return { groupId, projectId, ...type, ...(tag === undefined ? {} : { tagList: tag }), ...pages };
}

/** A job that is being cancelled still runs its last commands, and a list of `running` jobs would leave it out. */
const UNDER_WAY = ['running', 'canceling'];

function noneIfGone(id: number, runner: RunnerDetails | undefined): [] {
  if (!runner) return [];
  throw new GitLabError('the runner is there, and its jobs are not shown', {
    kind: 'unavailable',
    operation: `GET runners/${id}/jobs`,
  });
}

const latestJobs = (runners: Runners, id: number): Promise<unknown[]> =>
  runners.allJobs(id, { orderBy: 'id', sort: 'desc', perPage: 50, page: 1 } as object);

/** gitbeaker has no method for it. */
const managers = async (runners: Runners, id: number): Promise<unknown> =>
  (await runners.requester.get(`runners/${id}/managers`)).body;

/** To a runner's token that it does not know GitLab says 403, never 404. */
const isUnknownToken = (error: unknown): boolean =>
  isNotFound(error) || (error instanceof GitLabError && error.kind === 'forbidden');

async function unlessGone<T>(call: Promise<T>, otherwise: T, isGone = isNotFound): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (isGone(error)) return otherwise;
    throw error;
  }
}

async function inTurn<T, R>(items: readonly T[], each: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await each(item));
  return results;
}
