import { randomUUID } from 'node:crypto';
import { ancestry } from '../jobs/matching.js';
import type { Hook } from '../model.js';
import type { World } from '../world.js';
import { noteDelivery } from './announcer.js';
import { jobPayload } from './job-payload.js';
import { sendHook } from './send-hook.js';

/** Sends the last job's event, also where the hook is disabled; success enables it. Returns GitLab's complaint. */
export async function testHook(world: World, hook: Hook): Promise<string | undefined> {
  const job = world.state.jobs.findLast(({ projectId }) => isOf(world, hook, projectId));
  if (!job) return 'Ensure the project has CI jobs.';
  const delivery = { deliveryId: randomUUID(), body: JSON.stringify(jobPayload(world, job)) };
  const status = await sendHook(world, hook, delivery);
  if (noteDelivery(world, hook, status)) return undefined;
  return status === null ? 'Hook execution failed' : `Hook executed but returned HTTP ${status}`;
}

function isOf({ state }: World, { owner }: Hook, projectId: number): boolean {
  if (owner.kind === 'project') return owner.id === projectId;
  const project = state.projects.find(({ id }) => id === projectId);
  return project !== undefined && ancestry(project.groupId, state.groups).includes(owner.id);
}
