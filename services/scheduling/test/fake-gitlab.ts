import type { GitLabHook } from '../src/domain/hook.js';
import type { JobFacts } from '../src/domain/job.js';
import {
  GitLabUnavailable,
  type FoundScope,
  type GitLab,
  type GitLabProject,
  type HookTarget,
} from '../src/ports.js';

/** A GitLab in memory: what a spec puts in is what the service reads. */
export class FakeGitLab implements GitLab {
  readonly jobs = new Map<number, JobFacts>();
  readonly hooksOf = new Map<string, GitLabHook[]>();
  projects: GitLabProject[] = [{ id: 1, path: 'acme/web' }];
  /** What every scope is called; undefined: as it was. */
  scopePath: string | undefined;
  /** While it is down every call fails. */
  down = false;
  /** Does what `createHook` asks, and loses the answer. */
  loseNextHook = false;
  /** Where hooks are refused. */
  refused: (target: HookTarget) => Error | undefined = () => undefined;
  readonly reads: number[] = [];
  /** How often it was asked for anything. */
  calls = 0;
  #lastHook = 0;

  put(gitlabJobId: number, gitlabStatus: string, given: Partial<JobFacts> = {}): void {
    const before = this.jobs.get(gitlabJobId);
    this.jobs.set(gitlabJobId, {
      projectId: 1,
      projectPath: 'acme/web',
      gitlabJobId,
      name: `job ${gitlabJobId}`,
      tags: ['linux'],
      ref: 'main',
      refIsTag: false,
      createdAt: new Date('2026-03-02T07:59:00Z'),
      ...before,
      ...given,
      gitlabStatus,
    });
  }

  async lookInto(): Promise<FoundScope> {
    this.#answer();
    return { path: this.scopePath, projects: this.projects };
  }

  async activeJobs(_connection: unknown, { id }: GitLabProject): Promise<JobFacts[] | undefined> {
    this.#answer();
    if (!this.projects.some((project) => project.id === id)) return undefined;
    const active = ['pending', 'running'];
    return [...this.jobs.values()].filter((job) => job.projectId === id && active.includes(job.gitlabStatus));
  }

  /** Refs that are protected. */
  protectedRefs = ['main'];
  /** Refs that it was asked about. */
  readonly askedRefs: string[] = [];

  async isProtected(_connection: unknown, _project: unknown, { ref }: { ref: string }): Promise<boolean> {
    this.#answer();
    this.askedRefs.push(ref);
    return this.protectedRefs.includes(ref);
  }

  async job(_connection: unknown, { id }: GitLabProject, gitlabJobId: number): Promise<JobFacts | undefined> {
    this.#answer();
    this.reads.push(gitlabJobId);
    const job = this.jobs.get(gitlabJobId);
    return job?.projectId === id ? job : undefined;
  }

  async hooks(_connection: unknown, target: HookTarget): Promise<GitLabHook[]> {
    this.#answer(target);
    return this.hooksOf.get(keyOf(target)) ?? [];
  }

  async createHook({ webhookUrl: url }: { webhookUrl: string }, target: HookTarget): Promise<number> {
    this.#answer(target);
    const hook = { id: ++this.#lastHook, url, jobEvents: true, disabled: false };
    this.hooksOf.set(keyOf(target), [...(this.hooksOf.get(keyOf(target)) ?? []), hook]);
    if (!this.loseNextHook) return hook.id;
    this.loseNextHook = false;
    throw new GitLabUnavailable('the answer was lost');
  }

  async updateHook(
    { webhookUrl: url }: { webhookUrl: string },
    target: HookTarget,
    hookId: number,
  ): Promise<void> {
    this.#change(target, hookId, { url, jobEvents: true });
  }

  async testHook(_connection: unknown, target: HookTarget, hookId: number): Promise<void> {
    this.#change(target, hookId, { disabled: false });
  }

  async deleteHook(_connection: unknown, target: HookTarget, hookId: number): Promise<void> {
    this.#answer(target);
    const rest = (this.hooksOf.get(keyOf(target)) ?? []).filter(({ id }) => id !== hookId);
    this.hooksOf.set(keyOf(target), rest);
  }

  #change(target: HookTarget, hookId: number, change: Partial<GitLabHook>): void {
    this.#answer(target);
    const hooks = this.hooksOf.get(keyOf(target)) ?? [];
    this.hooksOf.set(
      keyOf(target),
      hooks.map((hook) => (hook.id === hookId ? { ...hook, ...change } : hook)),
    );
  }

  #answer(target?: HookTarget): void {
    this.calls += 1;
    if (this.down) throw new GitLabUnavailable('GitLab is down');
    const refusal = target && this.refused(target);
    if (refusal) throw refusal;
  }
}

export const keyOf = ({ kind, id }: HookTarget): string => `${kind}:${id}`;
