import { z } from 'zod';
import { instant } from './answer.js';

const runnerType = z
  .enum(['instance_type', 'group_type', 'project_type'])
  .transform((type) => type.replace('_type', '') as 'instance' | 'group' | 'project');

/** What lists show of a runner: neither its maintenance note nor its tags. */
export const runnerSummary = z.object({
  id: z.int(),
  description: z.string().nullable(),
  runnerType,
  paused: z.boolean(),
  online: z.boolean().nullable(),
  status: z.string(),
});

export const runnerDetails = runnerSummary.extend({
  tagList: z.array(z.string()),
  runUntagged: z.boolean(),
  accessLevel: z.enum(['not_protected', 'ref_protected']),
  locked: z.boolean(),
  maximumTimeout: z.int().nullish(),
  contactedAt: instant.nullish(),
  maintenanceNote: z.string().nullish(),
});

export const runnerManager = z.object({
  id: z.int(),
  systemId: z.string(),
  ipAddress: z.string().nullish(),
  status: z.string(),
  contactedAt: instant.nullish(),
});

export const createdRunner = z.object({
  id: z.int(),
  token: z.string().min(1),
  tokenExpiresAt: instant.nullable(),
});

/** What lists show of a runner. `status` is coarse: it says `online` up to two hours after the last contact. */
export type RunnerSummary = z.output<typeof runnerSummary>;
/** What GitLab tells of one runner. `online` is null until its first contact. */
export type RunnerDetails = z.output<typeof runnerDetails>;
/** A machine that has used a runner's token; the only place where GitLab tells the address that it sees. */
export type RunnerManager = z.output<typeof runnerManager>;
/** The only answer that ever holds a runner's token (`glrt-…`). */
export type CreatedRunner = z.output<typeof createdRunner>;
