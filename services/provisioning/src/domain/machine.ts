import { jobsTaken, NO_JOBS, type JobsTaken, type Pool } from './pool.js';

/** One life of a VM, from order to deletion. */
export interface Machine {
  readonly id: string;
  readonly organizationId: string;
  readonly runnerId: string;
  readonly poolId: string;
  readonly hetznerProjectId: string;
  readonly version: number;
  /** Begins at 1; each rebuild is the next. */
  readonly generation: number;
  /** Number at the end of the server's name; counts the orders of its runner. */
  readonly attempt: number;
  readonly serverType: string;
  readonly location: string;
  readonly address: string;
  readonly primaryIpId: number;
  /** 0 while there is no server, or while nobody knows whether there is one. */
  readonly serverId: number;
  readonly orderedAt: Date;
  /** When the order went out for the last time; null before the first. From then on there may be a server. */
  readonly orderSentAt: Date | null;
  /** By Hetzner's clock. */
  readonly createdAt: Date | null;
  /** What its server was ordered at, in micro-units, an hour and at most a month; null while or where nobody knows. */
  readonly hourlyMicros: bigint | null;
  readonly monthlyCapMicros: bigint | null;
  readonly readyAt: Date | null;
  readonly lastSeenAt: Date | null;
  readonly deletedAt: Date | null;
  readonly credentialRevoked: boolean;
  readonly ticketExpiresAt: Date;
  /** The generation of which identity, firewall and agent said so; 0 before. */
  readonly enrolledGeneration: number;
  readonly protectedGeneration: number;
  readonly startedGeneration: number;
  /** Since when firewall says that its firewalls are not in force; null while they are. */
  readonly unprotectedSince: Date | null;
  /** GitLab's number of this generation's runner; 0 while there is none. */
  readonly gitlabRunnerId: number;
  /** Set before the creation of a GitLab runner is asked for: from then on there may be one with our mark. */
  readonly gitlabIntentGeneration: number;
  /** Which jobs its GitLab runner was last told to take, as `jobsToTake` says it; empty while nobody knows. */
  readonly gitlabTakes: string;
  readonly hasGitlabToken: boolean;
  /** A job was reported or seen to have begun on this generation, and to be over. */
  readonly jobStarted: boolean;
  readonly jobOver: boolean;
  /** GitLab's number of the job that it runs or ran last; 0 before. */
  readonly gitlabJobId: number;
  /** GitLab's number of the job that the machine itself said it works on; 0 before. */
  readonly claimedJobId: number;
  /** GitLab's numbers of the jobs that this generation is done with. Where there is one, the generation is used. */
  readonly doneJobs: readonly string[];
  /** GitLab said that none of its jobs runs, and no further one can begin. */
  readonly quiet: boolean;
  /** When a machine that says that it lives was last heard; null for one that never said so. */
  readonly lastReportAt: Date | null;
  /** When it last said that it works on no job; null where it said otherwise since, or never. */
  readonly idleSaidAt: Date | null;
  /** How many jobs its runner was told to take, 0 for no limit; null before it was told. */
  readonly maxBuilds: number | null;
  /** The generation of which the agent said that it can do no more; 0 before. */
  readonly failedGeneration: number;
  /** When the rebuild to the current generation was decided; null when none is under way. */
  readonly rebuildIntentAt: Date | null;
  readonly rebuildSent: boolean;
  /** Somebody used its ticket twice, or the list no longer has its server. */
  readonly quarantined: boolean;
  readonly vanished: boolean;
  /** Since when looks for its server have found none; null while there is no doubt. */
  readonly absentSince: Date | null;
  /** When its deletion was first asked for, by our clock. */
  readonly deleteSentAt: Date | null;
  /** Id of the deletion that Hetzner carries out, and when that began by Hetzner's clock; 0 and null before. */
  readonly deleteActionId: number;
  readonly deleteStartedAt: Date | null;
  /** The types that it may be ordered as; a budget's grant is for the dearest of them. */
  readonly allowedTypes: readonly string[];
  /** Of its life so many hours it has asked for, of so many billing has decided, and so many are granted; 0 before. */
  readonly hoursAsked: number;
  readonly hoursDecided: number;
  readonly hoursGranted: number;
  /** What billing said of its last decision. */
  readonly spendReason: string | null;
}

/** All of DESIGN's conditions: enrolled, protected, with a GitLab runner that the agent has started. */
export const isReady = (machine: Machine): boolean =>
  mayHaveGitLabRunner(machine) && machine.gitlabRunnerId > 0 && isStarted(machine);

/** Enrolled and protected, so that it may get a GitLab runner. */
export const mayHaveGitLabRunner = (machine: Machine): boolean =>
  machine.enrolledGeneration === machine.generation && isProtected(machine);

/** Whether its firewalls were seen in force, and nobody has said since that they are not. */
export const isProtected = ({
  protectedGeneration,
  generation,
}: Pick<Machine, 'protectedGeneration' | 'generation'>): boolean => protectedGeneration === generation;

/** Which jobs its GitLab runner is to take now, as `gitlabTakes` says it: none while the machine is not protected. */
export const jobsToTake = (
  machine: Pick<Machine, 'protectedGeneration' | 'generation'>,
  pool: JobsTaken,
): string => (isProtected(machine) ? jobsTaken(pool) : NO_JOBS);

/** Whether the machine's runner is started, as far as the machine has told. */
export const isStarted = ({
  startedGeneration,
  generation,
}: Pick<Machine, 'startedGeneration' | 'generation'>): boolean => startedGeneration === generation;

/** How many jobs a runner takes one after the other, as it is told to; 0 is no limit. */
export const maxBuildsIn = ({ freshMachine }: Pick<Pool, 'freshMachine'>): number =>
  freshMachine === 'EVERY_JOB' ? 1 : 0;

/** What is true of a machine whose runner has ended: where it may start it again, it is told anew for how many jobs. */
export const forRunnerEnd = { startedGeneration: 0, maxBuilds: null } as const satisfies Partial<Machine>;

/** What is true of a machine that has finished a job and may take another. One that took its only job ends itself. */
export const forNextJob = (machine: Machine) =>
  ({
    jobStarted: false,
    jobOver: false,
    quiet: false,
    doneJobs: [...machine.doneJobs, String(machine.gitlabJobId)],
    ...(machine.maxBuilds === 1 ? forRunnerEnd : {}),
  }) as const satisfies Partial<Machine>;

/** Whether this generation has finished a job. */
export const isUsed = ({ doneJobs }: Pick<Machine, 'doneJobs'>): boolean => doneJobs.length > 0;

/** Whether the machine may wait for a job: one that ran one, or would not end after it, may in `EVERY_START` pools only. */
export const mayRunNext = (
  { doneJobs, maxBuilds }: Pick<Machine, 'doneJobs' | 'maxBuilds'>,
  { freshMachine }: Pick<Pool, 'freshMachine'>,
): boolean => freshMachine === 'EVERY_START' || (!isUsed({ doneJobs }) && maxBuilds !== 0);

/** Why nothing that runs there can be saved or trusted any more. */
export const whyLost = ({
  vanished,
  quarantined,
}: Pick<Machine, 'vanished' | 'quarantined'>): string | null => {
  if (vanished) return 'Hetzner no longer has its server';
  return quarantined ? 'its ticket was used twice' : null;
};

/** Whether a job may run there, as far as anybody knows: then nothing that the job needs is taken away. */
export const mayRunJob = (machine: Machine): boolean =>
  machine.gitlabRunnerId > 0 && !machine.quiet && whyLost(machine) === null;

/** What it may be ordered as: under a budget nothing that was not asked for, though its pool may list more by now. */
export const allowedTypes = (
  { hoursAsked, allowedTypes: asked }: Pick<Machine, 'hoursAsked' | 'allowedTypes'>,
  { serverTypes }: Pick<Pool, 'serverTypes'>,
): readonly string[] => (hoursAsked > 0 ? asked : serverTypes);

/** Whether Hetzner may hold a server for it. */
export const mayHaveServer = (machine: Machine): boolean =>
  machine.serverId > 0 || machine.orderSentAt !== null;

/** What is true of every machine before its order. */
export const untouched = {
  version: 1,
  generation: 1,
  serverId: 0,
  orderSentAt: null,
  createdAt: null,
  hourlyMicros: null,
  monthlyCapMicros: null,
  readyAt: null,
  lastSeenAt: null,
  deletedAt: null,
  credentialRevoked: false,
  enrolledGeneration: 0,
  protectedGeneration: 0,
  startedGeneration: 0,
  unprotectedSince: null,
  gitlabRunnerId: 0,
  gitlabIntentGeneration: 0,
  gitlabTakes: '',
  hasGitlabToken: false,
  jobStarted: false,
  jobOver: false,
  gitlabJobId: 0,
  claimedJobId: 0,
  doneJobs: [],
  quiet: false,
  lastReportAt: null,
  idleSaidAt: null,
  maxBuilds: null,
  failedGeneration: 0,
  rebuildIntentAt: null,
  rebuildSent: false,
  quarantined: false,
  vanished: false,
  absentSince: null,
  deleteSentAt: null,
  deleteActionId: 0,
  deleteStartedAt: null,
  allowedTypes: [],
  hoursAsked: 0,
  hoursDecided: 0,
  hoursGranted: 0,
  spendReason: null,
} as const satisfies Partial<Machine>;
