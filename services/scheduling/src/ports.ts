import type { Clock, IdKind, Log } from '@cleanroom/kernel';
import type { Secret } from '@cleanroom/secrets';
import type { GitLabHook } from './domain/hook.js';
import type { JobFacts } from './domain/job.js';
import type { Holiday } from './domain/schedule.js';
import type { Ledger } from './ledger-port.js';

/** A customer's GitLab, as identity last described it, and the tokens of our webhooks there. */
export interface Connection {
  readonly id: string;
  readonly organizationId: string;
  /** Of identity's event: what is not above it is stale. */
  readonly version: number;
  readonly status: 'CONNECTED' | 'CREDENTIALS_INVALID' | 'UNREACHABLE';
  readonly url: string;
  /** The access token, encrypted for this service; null once it is disconnected and none of our webhooks is left there. */
  readonly accessToken: Buffer | null;
  readonly webhookUrl: string;
  readonly deleted: boolean;
  /** Since when it is disconnected. */
  readonly leftAt: Date | null;
  readonly hookTokens: SealedHookTokens;
}

/** What identity says of a connection. */
export type ConnectionNews = Omit<Connection, 'hookTokens' | 'leftAt'>;

/** The two secrets of a connection's webhooks, sealed: GitLab signs with one and repeats the other. */
export interface SealedHookTokens {
  readonly signing: Buffer;
  readonly plain: Buffer;
}

export interface HookTokens {
  readonly signing: Secret;
  readonly plain: Secret;
}

/** A project in the scope of some pool. */
export interface GitLabProject {
  readonly id: number;
  readonly path: string;
}

/** A group's or project's place for webhooks. */
export interface HookTarget {
  readonly kind: 'group' | 'project';
  readonly id: number;
}

export interface Scope {
  readonly kind: 'GROUP' | 'PROJECT' | 'INSTANCE';
  readonly path: string;
  /** GitLab's number of the group or project; 0 for an instance. */
  readonly id: number;
}

/** What GitLab has at a scope's number. */
export interface FoundScope {
  /** What it is called now, after it was renamed or moved, too; undefined where GitLab does not know it. */
  readonly path: string | undefined;
  /** Groups below it included. */
  readonly projects: readonly GitLabProject[];
}

/** GitLab answered that it will not: the credentials, their scope, or the plan do not allow it. Repeating is no use. */
export class GitLabRefused extends Error {}

/** GitLab did not answer, or asked for patience. What is not known is not assumed: nothing is concluded from it. */
export class GitLabUnavailable extends Error {
  /** @param retryAfter milliseconds of real time until GitLab, by its own word, may be asked again */
  constructor(
    message: string,
    readonly retryAfter?: number,
  ) {
    super(message);
  }
}

/** Customers run their own GitLab: one that is away for a while, or refuses, is nothing that we could mend. */
export const isOfGitLab = (error: unknown): boolean =>
  error instanceof GitLabUnavailable || error instanceof GitLabRefused;

/**
 * What this service asks of GitLab. Every method throws `GitLabRefused` or `GitLabUnavailable`; all but `createHook`
 * may be repeated freely, and a repeated `createHook` is undone by adopting one of the hooks by its address.
 */
export interface GitLab {
  /** A scope and all projects in it. One that GitLab does not know has none. */
  lookInto(connection: Connection, scope: Scope): Promise<FoundScope>;
  /** The jobs of a project that are pending or running; undefined where GitLab does not know the project. */
  activeJobs(connection: Connection, project: GitLabProject): Promise<JobFacts[] | undefined>;
  /** Whether a job's branch or tag is protected; false where it is gone. */
  isProtected(
    connection: Connection,
    project: GitLabProject,
    job: Pick<JobFacts, 'ref' | 'refIsTag'>,
  ): Promise<boolean>;
  /** One job; undefined where GitLab does not know it. */
  job(connection: Connection, project: GitLabProject, gitlabJobId: number): Promise<JobFacts | undefined>;
  hooks(connection: Connection, target: HookTarget): Promise<GitLabHook[]>;
  createHook(connection: Connection, target: HookTarget, tokens: HookTokens): Promise<number>;
  /** Sets address, tokens and events of a hook that exists. */
  updateHook(connection: Connection, target: HookTarget, hookId: number, tokens: HookTokens): Promise<void>;
  /** Sends one test request: where it succeeds, GitLab switches a disabled hook on again. */
  testHook(connection: Connection, target: HookTarget, hookId: number): Promise<void>;
  /** Already gone is fine. */
  deleteHook(connection: Connection, target: HookTarget, hookId: number): Promise<void>;
}

/** Makes and opens the tokens of webhooks; only ciphertext is ever kept. */
export interface HookVault {
  create(connection: Pick<Connection, 'id' | 'organizationId'>): Promise<SealedHookTokens>;
  open(connection: Pick<Connection, 'id' | 'organizationId' | 'hookTokens'>): Promise<HookTokens>;
}

/** A request that claims to be a webhook of GitLab. */
export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Byte for byte as it came: the signature covers it. */
  readonly body: Buffer;
}

/** What a webhook of GitLab hints at; the facts are read from GitLab. */
export interface WebhookHint {
  /** The same for every delivery of one event: GitLab's own key, or the digest of the body where it sends none. */
  readonly deliveryId: string;
  /** Absent where the webhook is not about a job. */
  readonly job?: { readonly projectId: number; readonly gitlabJobId: number };
}

/** Checks webhooks. */
export interface WebhookCheck {
  /** undefined where it is not from this connection's GitLab, is too old, or makes no sense. */
  verify(request: WebhookRequest, tokens: HookTokens): WebhookHint | undefined;
}

/** The public holidays of the world's countries. */
export interface PublicHolidays {
  /** A code such as "DE" or "DE-BY" as the calendar writes it; undefined where it knows no such place. */
  find(code: string): Promise<string | undefined>;
  /** Every date of the year before an instant, of its own and of the two after. None where the place is unknown. */
  around(code: string, at: Date): Promise<readonly Holiday[]>;
}

/** Transactions; each sees the rows of one organisation only. */
export interface Transactions {
  /** Runs `work` in one transaction that sees the organisation's rows only. */
  inOrganization<T>(organizationId: string, work: (ledger: Ledger) => Promise<T>): Promise<T>;
  /** Whose connection this is; undefined where there is none. The one look across organisations. */
  organizationOf(connectionId: string): Promise<string | undefined>;
}

/** Everything outside of this service that its actions use. */
export interface Ports {
  readonly transactions: Transactions;
  readonly gitlab: GitLab;
  readonly vault: HookVault;
  readonly webhooks: WebhookCheck;
  readonly holidays: PublicHolidays;
  readonly clock: Clock;
  readonly log: Log;
  /** A new id; the only source of randomness. */
  readonly newId: (kind: IdKind, at: Date) => string;
}
