import type { BaseResource } from '@gitbeaker/requester-utils';
import { z } from 'zod';
import { instant, parseAnswer } from './answer.js';
import { isNotFound } from './gitlab-error.js';

const hook = z.object({
  id: z.int(),
  url: z.string(),
  name: z.string().nullish(),
  jobEvents: z.boolean(),
  /** `executable`; `temporarily_disabled` or `disabled` after too many failed deliveries. */
  alertStatus: z.string().nullish(),
  disabledUntil: instant.nullish(),
  tokenPresent: z.boolean().nullish(),
  /** Null or absent where this GitLab does not know signing tokens. */
  signingTokenPresent: z.boolean().nullish(),
});

/** A webhook of a project or group. Its tokens are never told. */
export type Hook = z.output<typeof hook>;

export interface HookInput {
  readonly url: string;
  /** Sent back in `X-Gitlab-Token`. */
  readonly token?: string;
  /** `whsec_` and base64 of 32 bytes. Silently ignored by a GitLab that does not know it. */
  readonly signingToken?: string;
  /** @default true; push events, GitLab's own default, are off */
  readonly jobEvents?: boolean;
  /** Shown in GitLab's list of webhooks. */
  readonly name?: string;
}

export interface HookCalls {
  list(ownerId: number): Promise<Hook[]>;
  /** Never repeated: after `unknown-outcome` look for its URL in `list`. */
  create(ownerId: number, input: HookInput): Promise<Hook>;
  edit(ownerId: number, hookId: number, input: HookInput): Promise<Hook>;
  /** Also succeeds where the hook is already gone. */
  delete(ownerId: number, hookId: number): Promise<void>;
  /**
   * Has GitLab send a job event now; a successful one enables a disabled hook again. `invalid` where the delivery
   * failed or the project has no job yet.
   */
  test(ownerId: number, hookId: number): Promise<void>;
}

/** gitbeaker's ProjectHooks and GroupHooks, whose types know neither `signing_token` nor the test. */
export interface HookResource extends Pick<BaseResource, 'requester'> {
  all(id: number, options?: object): Promise<unknown>;
  add(id: number, url: string, options?: object): Promise<unknown>;
  edit(id: number, hookId: number, url: string, options?: object): Promise<unknown>;
  remove(id: number, hookId: number): Promise<unknown>;
}

/** The webhooks of one kind of owner. */
export const createHookCalls = (hooks: HookResource): HookCalls => ({
  list: async (ownerId) =>
    parseAnswer('GET hooks', z.array(hook), await hooks.all(ownerId, { perPage: 100 })),
  create: async (ownerId, { url, ...input }) =>
    parseAnswer('POST hooks', hook, await hooks.add(ownerId, url, attributes(input))),
  edit: async (ownerId, hookId, { url, ...input }) =>
    parseAnswer('PUT hooks/:id', hook, await hooks.edit(ownerId, hookId, url, attributes(input))),
  delete: async (ownerId, hookId) => {
    try {
      await hooks.remove(ownerId, hookId);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  },
  test: async (ownerId, hookId) =>
    void (await hooks.requester.post(`${ownerId}/hooks/${hookId}/test/job_events`)),
});

const attributes = ({ token, signingToken, jobEvents = true, name }: Omit<HookInput, 'url'>): object => ({
  token,
  signingToken,
  jobEvents,
  name,
  pushEvents: false,
});
