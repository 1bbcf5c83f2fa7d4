import {
  Branches,
  GroupHooks,
  Groups,
  Jobs,
  PersonalAccessTokens,
  ProjectHooks,
  Projects,
  Runners,
  Tags,
  Users,
} from '@gitbeaker/rest';
import { createHookCalls } from './hooks.js';
import type { Hook, HookInput, HookResource } from './hooks.js';
import { createJobCalls } from './jobs.js';
import type { JobCalls } from './jobs.js';
import { createPlaces } from './places.js';
import type { Places } from './places.js';
import { createRequester } from './requester.js';
import { createRunnerCalls } from './runners.js';
import type { RunnerCalls } from './runners.js';
import { checkToken } from './token-check.js';
import type { TokenCheck } from './token-check.js';

export interface GitLabClientOptions {
  /** The address of the GitLab, such as `https://gitlab.com`, without `/api/v4`. */
  readonly url: string;
  /** A personal, group or project access token. */
  readonly token: string;
  /** Stands in for the global `fetch`, for addresses that were resolved and checked beforehand. */
  readonly fetch?: typeof fetch;
  /** How long one attempt may take, in milliseconds of real time. @default 10000 */
  readonly timeoutMs?: number;
  /** Pauses between the attempts of a read, in milliseconds. @default [250, 1000] */
  readonly retryDelaysMs?: readonly number[];
}

/**
 * What Cleanroom asks of a GitLab, and nothing else. Every method throws `GitLabError`; reads are repeated on
 * passing faults, writes never.
 */
export interface GitLabClient extends Places, RunnerCalls, JobCalls {
  /** Who the token belongs to, and its scopes. `unauthorized` where GitLab does not accept it. */
  checkToken(): Promise<TokenCheck>;
  listProjectHooks(projectId: number): Promise<Hook[]>;
  /** Never repeated: after `unknown-outcome` look for its URL in the list. */
  createProjectHook(projectId: number, input: HookInput): Promise<Hook>;
  editProjectHook(projectId: number, hookId: number, input: HookInput): Promise<Hook>;
  /** Also succeeds where the hook is already gone. */
  deleteProjectHook(projectId: number, hookId: number): Promise<void>;
  /** Sends a job event now; a successful one enables a disabled hook again. `invalid` where it failed. */
  testProjectHook(projectId: number, hookId: number): Promise<void>;
  /** Group hooks need GitLab Premium: `not-found` or `forbidden` elsewhere. */
  listGroupHooks(groupId: number): Promise<Hook[]>;
  createGroupHook(groupId: number, input: HookInput): Promise<Hook>;
  editGroupHook(groupId: number, hookId: number, input: HookInput): Promise<Hook>;
  deleteGroupHook(groupId: number, hookId: number): Promise<void>;
  testGroupHook(groupId: number, hookId: number): Promise<void>;
}

/** A client for one GitLab with one token. Holds no connection and no state beyond them. */
export function createGitLabClient(options: GitLabClientOptions): GitLabClient {
  const of = resourceOptions(options);
  const runners = new Runners(of);
  const users = new Users(of);
  const tokens = new PersonalAccessTokens(of);
  const projectHooks = createHookCalls(new ProjectHooks(of) as HookResource);
  const groupHooks = createHookCalls(new GroupHooks(of) as HookResource);
  return {
    checkToken: () => checkToken(tokens, users),
    ...createPlaces({ groups: new Groups(of), projects: new Projects(of) }),
    ...createRunnerCalls({ runners, users }),
    ...createJobCalls({ jobs: new Jobs(of), branches: new Branches(of), tags: new Tags(of) }),
    listProjectHooks: projectHooks.list,
    createProjectHook: projectHooks.create,
    editProjectHook: projectHooks.edit,
    deleteProjectHook: projectHooks.delete,
    testProjectHook: projectHooks.test,
    listGroupHooks: groupHooks.list,
    createGroupHook: groupHooks.create,
    editGroupHook: groupHooks.edit,
    deleteGroupHook: groupHooks.delete,
    testGroupHook: groupHooks.test,
  };
}

const resourceOptions = ({
  url,
  token,
  timeoutMs = 10_000,
  retryDelaysMs = [250, 1_000],
  ...rest
}: GitLabClientOptions) => ({
  host: url.replace(/(?<!\/)\/+$/, ''),
  token,
  // Time-outs and pacing are the requester's; gitbeaker's own would only mask them.
  queryTimeout: null,
  rateLimits: {},
  requesterFn: createRequester({ fetch: rest.fetch ?? fetch, timeoutMs, retryDelaysMs }),
});
