import type { GitLabClient, Hook, HookInput } from '@cleanroom/gitlab';
import type { GitLabHook } from '../../domain/hook.js';
import {
  GitLabRefused,
  GitLabUnavailable,
  type Connection,
  type GitLab,
  type HookTarget,
  type HookTokens,
} from '../../ports.js';
import { asking } from './gitlab-error.js';

type HookCalls = Pick<GitLab, 'hooks' | 'createHook' | 'updateHook' | 'testHook' | 'deleteHook'>;

/** The same calls for both kinds of places. */
const callsOf = (client: GitLabClient, { kind, id }: HookTarget) =>
  kind === 'group'
    ? {
        list: () => client.listGroupHooks(id),
        create: (input: HookInput) => client.createGroupHook(id, input),
        edit: (hookId: number, input: HookInput) => client.editGroupHook(id, hookId, input),
        test: (hookId: number) => client.testGroupHook(id, hookId),
        delete: (hookId: number) => client.deleteGroupHook(id, hookId),
      }
    : {
        list: () => client.listProjectHooks(id),
        create: (input: HookInput) => client.createProjectHook(id, input),
        edit: (hookId: number, input: HookInput) => client.editProjectHook(id, hookId, input),
        test: (hookId: number) => client.testProjectHook(id, hookId),
        delete: (hookId: number) => client.deleteProjectHook(id, hookId),
      };

/** Webhooks of ours, in groups and projects alike. */
export const hookCalls = (clientOf: (connection: Connection) => Promise<GitLabClient>): HookCalls => ({
  async hooks(connection, target) {
    const calls = callsOf(await clientOf(connection), target);
    return (await asking(calls.list)).map(hookOf);
  },
  async createHook(connection, target, tokens) {
    const calls = callsOf(await clientOf(connection), target);
    return (await asking(() => calls.create(inputOf(connection, tokens)))).id;
  },
  async updateHook(connection, target, hookId, tokens) {
    const calls = callsOf(await clientOf(connection), target);
    await asking(() => calls.edit(hookId, inputOf(connection, tokens)));
  },
  async testHook(connection, target, hookId) {
    const calls = callsOf(await clientOf(connection), target);
    try {
      await asking(() => calls.test(hookId));
    } catch (error) {
      // A delivery that failed now may succeed soon: the hook itself is not refused.
      throw error instanceof GitLabRefused ? new GitLabUnavailable(error.message) : error;
    }
  },
  async deleteHook(connection, target, hookId) {
    const calls = callsOf(await clientOf(connection), target);
    await asking(() => calls.delete(hookId));
  },
});

const inputOf = ({ webhookUrl }: Connection, { signing, plain }: HookTokens): HookInput => ({
  url: webhookUrl,
  signingToken: signing.reveal(),
  token: plain.reveal(),
  name: 'Cleanroom',
});

const hookOf = ({ id, url, jobEvents, alertStatus }: Hook): GitLabHook => ({
  id,
  url,
  jobEvents,
  disabled: alertStatus === 'disabled' || alertStatus === 'temporarily_disabled',
});
