import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { SubgraphContext } from '@cleanroom/service-kit';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  Cursor: { input: string; output: string; }
  DateTime: { input: string; output: Date | string; }
  LocalTime: { input: string; output: string; }
  TimeZone: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** How many runners a pool keeps awake now, and why. */
export type CapacityDecision = {
  __typename?: 'CapacityDecision';
  awake: Scalars['Int']['output'];
  because: Scalars['String']['output'];
  busy: Scalars['Int']['output'];
  decidedAt: Scalars['DateTime']['output'];
  queued: Scalars['Int']['output'];
  wanted: Scalars['Int']['output'];
};

export type DayOfWeek =
  | 'FRIDAY'
  | 'MONDAY'
  | 'SATURDAY'
  | 'SUNDAY'
  | 'THURSDAY'
  | 'TUESDAY'
  | 'WEDNESDAY';

export type DeletePayload = {
  __typename?: 'DeletePayload';
  deletedId?: Maybe<Scalars['ID']['output']>;
  userErrors: Array<UserError>;
};

export type Holiday = {
  __typename?: 'Holiday';
  date: Scalars['String']['output'];
  name: Scalars['String']['output'];
};

export type HolidayInput = {
  date: Scalars['String']['input'];
  name: Scalars['String']['input'];
};

export type Job = {
  __typename?: 'Job';
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  gitlabJobId: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  /** When what keeps it waiting is next tried, where that is known. */
  nextTryAt?: Maybe<Scalars['DateTime']['output']>;
  pool?: Maybe<RunnerPool>;
  projectPath: Scalars['String']['output'];
  queuedAt: Scalars['DateTime']['output'];
  runner?: Maybe<Runner>;
  startedAt?: Maybe<Scalars['DateTime']['output']>;
  status: JobStatus;
  /** Its page at GitLab, for people who may see it there; null where that is not known. */
  url?: Maybe<Scalars['String']['output']>;
  /** What it waits for, while it is queued. */
  waitingBecause?: Maybe<Scalars['String']['output']>;
  /** The same for programs; null where none of the codes says it. */
  waitingCode?: Maybe<WaitingCode>;
};

export type JobChange = {
  __typename?: 'JobChange';
  at: Scalars['DateTime']['output'];
  cursor: Scalars['Cursor']['output'];
  job: Job;
};

export type JobConnection = {
  __typename?: 'JobConnection';
  changeCursor: Scalars['Cursor']['output'];
  edges: Array<JobEdge>;
  nodes: Array<Job>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type JobEdge = {
  __typename?: 'JobEdge';
  cursor: Scalars['Cursor']['output'];
  node: Job;
};

export type JobStatus =
  | 'CANCELED'
  | 'FAILED'
  | 'QUEUED'
  | 'RUNNING'
  | 'SUCCEEDED';

export type Mutation = {
  __typename?: 'Mutation';
  /** Without a schedule the pool follows none. */
  assignSchedule: SchedulePayload;
  createSchedule: SchedulePayload;
  /** Refused with IN_USE while a pool follows it. */
  deleteSchedule: DeletePayload;
  overrideSchedule: SchedulePayload;
  removeOverride: SchedulePayload;
  updateSchedule: SchedulePayload;
};


export type MutationAssignScheduleArgs = {
  poolId: Scalars['ID']['input'];
  scheduleId?: InputMaybe<Scalars['ID']['input']>;
};


export type MutationCreateScheduleArgs = {
  input: ScheduleInput;
};


export type MutationDeleteScheduleArgs = {
  id: Scalars['ID']['input'];
};


export type MutationOverrideScheduleArgs = {
  from: Scalars['DateTime']['input'];
  reason: Scalars['String']['input'];
  scheduleId: Scalars['ID']['input'];
  to: Scalars['DateTime']['input'];
  warm: Scalars['Int']['input'];
};


export type MutationRemoveOverrideArgs = {
  id: Scalars['ID']['input'];
};


export type MutationUpdateScheduleArgs = {
  id: Scalars['ID']['input'];
  input: ScheduleInput;
};

export type PageInfo = {
  __typename?: 'PageInfo';
  endCursor?: Maybe<Scalars['Cursor']['output']>;
  hasNextPage: Scalars['Boolean']['output'];
};

export type Query = {
  __typename?: 'Query';
  /** Newest first. */
  jobs?: Maybe<JobConnection>;
  schedules?: Maybe<ScheduleConnection>;
};


export type QueryJobsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  first: Scalars['Int']['input'];
  statuses?: InputMaybe<Array<JobStatus>>;
};


export type QuerySchedulesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  first: Scalars['Int']['input'];
};

export type Runner = {
  __typename?: 'Runner';
  currentJob?: Maybe<Job>;
  id: Scalars['ID']['output'];
};

export type RunnerPool = {
  __typename?: 'RunnerPool';
  /** Null until scheduling has seen the pool. */
  capacity?: Maybe<CapacityDecision>;
  id: Scalars['ID']['output'];
  schedule?: Maybe<Schedule>;
};

/** When runners are kept awake, in the team's own time zone; outside these windows they sleep. */
export type Schedule = {
  __typename?: 'Schedule';
  /** Whose public holidays count as well: a country such as DE, or a part of one such as DE-BY. */
  holidayCountry?: Maybe<Scalars['String']['output']>;
  holidays: Array<Holiday>;
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  /** The next changes of the number, soonest first; at most 100. */
  next: Array<ScheduleTransition>;
  overrides: Array<ScheduleOverride>;
  timeZone: Scalars['TimeZone']['output'];
  windows: Array<WorkingWindow>;
};


/** When runners are kept awake, in the team's own time zone; outside these windows they sleep. */
export type ScheduleNextArgs = {
  count: Scalars['Int']['input'];
};

export type ScheduleConnection = {
  __typename?: 'ScheduleConnection';
  edges: Array<ScheduleEdge>;
  nodes: Array<Schedule>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type ScheduleEdge = {
  __typename?: 'ScheduleEdge';
  cursor: Scalars['Cursor']['output'];
  node: Schedule;
};

export type ScheduleInput = {
  /** A country such as DE, or a part of one such as DE-BY, whose public holidays count as well. */
  holidayCountry?: InputMaybe<Scalars['String']['input']>;
  holidays?: Array<HolidayInput>;
  name: Scalars['String']['input'];
  timeZone: Scalars['TimeZone']['input'];
  windows: Array<WorkingWindowInput>;
};

export type ScheduleOverride = {
  __typename?: 'ScheduleOverride';
  from: Scalars['DateTime']['output'];
  id: Scalars['ID']['output'];
  reason: Scalars['String']['output'];
  to: Scalars['DateTime']['output'];
  warm: Scalars['Int']['output'];
};

export type SchedulePayload = {
  __typename?: 'SchedulePayload';
  schedule?: Maybe<Schedule>;
  userErrors: Array<UserError>;
};

export type ScheduleTransition = {
  __typename?: 'ScheduleTransition';
  at: Scalars['DateTime']['output'];
  because: Scalars['String']['output'];
  warm: Scalars['Int']['output'];
};

export type Subscription = {
  __typename?: 'Subscription';
  /** Each event carries a cursor; `after` resumes without a gap. */
  jobChanged: JobChange;
};


export type SubscriptionJobChangedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
};

/** An expected refusal. `code` is stable; `path` names the input field. */
export type UserError = {
  __typename?: 'UserError';
  code: UserErrorCode;
  message: Scalars['String']['output'];
  path?: Maybe<Array<Scalars['String']['output']>>;
};

export type UserErrorCode =
  | 'ALREADY_EXISTS'
  | 'BUDGET_EXHAUSTED'
  | 'CONFLICT'
  | 'CREDENTIALS_INVALID'
  | 'INVALID'
  | 'IN_USE'
  | 'LIMIT_EXCEEDED'
  | 'NOT_ALLOWED'
  | 'NOT_FOUND';

export type WaitingCode =
  | 'BUDGET_EXHAUSTED'
  | 'CREDENTIALS_INVALID'
  /** Or none that takes jobs of its branch or tag. */
  | 'NO_POOL_MATCHES'
  /** As many jobs as its pool has runners come before it. */
  | 'OUTSIDE_SIZE'
  | 'PAUSED'
  | 'SOLD_OUT'
  /** A runner for it is there, on its way, or about to be. */
  | 'STARTING';

export type WorkingWindow = {
  __typename?: 'WorkingWindow';
  days: Array<DayOfWeek>;
  end: Scalars['LocalTime']['output'];
  start: Scalars['LocalTime']['output'];
  warm: Scalars['Int']['output'];
};

export type WorkingWindowInput = {
  days: Array<DayOfWeek>;
  end: Scalars['LocalTime']['input'];
  start: Scalars['LocalTime']['input'];
  warm: Scalars['Int']['input'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Job: Job;
  Runner: Runner;
  RunnerPool: RunnerPool;
  Schedule: Schedule;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Job:
    ( { __typename: 'Job' }
    & GraphQLRecursivePick<FederationTypes['Job'], {"id":true}> );
  Runner:
    ( { __typename: 'Runner' }
    & GraphQLRecursivePick<FederationTypes['Runner'], {"id":true}> );
  RunnerPool:
    ( { __typename: 'RunnerPool' }
    & GraphQLRecursivePick<FederationTypes['RunnerPool'], {"id":true}> );
  Schedule:
    ( { __typename: 'Schedule' }
    & GraphQLRecursivePick<FederationTypes['Schedule'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  CapacityDecision: ResolverTypeWrapper<CapacityDecision>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Cursor: ResolverTypeWrapper<Scalars['Cursor']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DayOfWeek: DayOfWeek;
  DeletePayload: ResolverTypeWrapper<DeletePayload>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Holiday: ResolverTypeWrapper<Holiday>;
  HolidayInput: HolidayInput;
  Job: ResolverTypeWrapper<Job>;
  JobChange: ResolverTypeWrapper<JobChange>;
  JobConnection: ResolverTypeWrapper<JobConnection>;
  JobEdge: ResolverTypeWrapper<JobEdge>;
  JobStatus: JobStatus;
  LocalTime: ResolverTypeWrapper<Scalars['LocalTime']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Runner: ResolverTypeWrapper<Runner>;
  RunnerPool: ResolverTypeWrapper<RunnerPool>;
  Schedule: ResolverTypeWrapper<Schedule>;
  ScheduleConnection: ResolverTypeWrapper<ScheduleConnection>;
  ScheduleEdge: ResolverTypeWrapper<ScheduleEdge>;
  ScheduleInput: ScheduleInput;
  ScheduleOverride: ResolverTypeWrapper<ScheduleOverride>;
  SchedulePayload: ResolverTypeWrapper<SchedulePayload>;
  ScheduleTransition: ResolverTypeWrapper<ScheduleTransition>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  TimeZone: ResolverTypeWrapper<Scalars['TimeZone']['output']>;
  UserError: ResolverTypeWrapper<UserError>;
  UserErrorCode: UserErrorCode;
  WaitingCode: WaitingCode;
  WorkingWindow: ResolverTypeWrapper<WorkingWindow>;
  WorkingWindowInput: WorkingWindowInput;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  CapacityDecision: CapacityDecision;
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
  Cursor: Scalars['Cursor']['output'];
  DateTime: Scalars['DateTime']['output'];
  DeletePayload: DeletePayload;
  ID: Scalars['ID']['output'];
  Holiday: Holiday;
  HolidayInput: HolidayInput;
  Job: Job | FederationReferenceTypes['Job'];
  JobChange: JobChange;
  JobConnection: JobConnection;
  JobEdge: JobEdge;
  LocalTime: Scalars['LocalTime']['output'];
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Query: Record<PropertyKey, never>;
  Runner: Runner | FederationReferenceTypes['Runner'];
  RunnerPool: RunnerPool | FederationReferenceTypes['RunnerPool'];
  Schedule: Schedule | FederationReferenceTypes['Schedule'];
  ScheduleConnection: ScheduleConnection;
  ScheduleEdge: ScheduleEdge;
  ScheduleInput: ScheduleInput;
  ScheduleOverride: ScheduleOverride;
  SchedulePayload: SchedulePayload;
  ScheduleTransition: ScheduleTransition;
  Subscription: Record<PropertyKey, never>;
  TimeZone: Scalars['TimeZone']['output'];
  UserError: UserError;
  WorkingWindow: WorkingWindow;
  WorkingWindowInput: WorkingWindowInput;
};

export type CapacityDecisionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['CapacityDecision'] = ResolversParentTypes['CapacityDecision']> = {
  awake?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  because?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  busy?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  decidedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  queued?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  wanted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export interface CursorScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Cursor'], any> {
  name: 'Cursor';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeletePayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['DeletePayload'] = ResolversParentTypes['DeletePayload']> = {
  deletedId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type HolidayResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Holiday'] = ResolversParentTypes['Holiday']> = {
  date?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type JobResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Job'] = ResolversParentTypes['Job'], FederationReferenceType extends FederationReferenceTypes['Job'] = FederationReferenceTypes['Job']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Job']> | FederationReferenceType, FederationReferenceType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  gitlabJobId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nextTryAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  pool?: Resolver<Maybe<ResolversTypes['RunnerPool']>, ParentType, ContextType>;
  projectPath?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  queuedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  runner?: Resolver<Maybe<ResolversTypes['Runner']>, ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['JobStatus'], ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  waitingBecause?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  waitingCode?: Resolver<Maybe<ResolversTypes['WaitingCode']>, ParentType, ContextType>;
};

export type JobChangeResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['JobChange'] = ResolversParentTypes['JobChange']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  job?: Resolver<ResolversTypes['Job'], ParentType, ContextType>;
};

export type JobConnectionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['JobConnection'] = ResolversParentTypes['JobConnection']> = {
  changeCursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['JobEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Job']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type JobEdgeResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['JobEdge'] = ResolversParentTypes['JobEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Job'], ParentType, ContextType>;
};

export interface LocalTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['LocalTime'], any> {
  name: 'LocalTime';
}

export type MutationResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  assignSchedule?: Resolver<ResolversTypes['SchedulePayload'], ParentType, ContextType, RequireFields<MutationAssignScheduleArgs, 'poolId'>>;
  createSchedule?: Resolver<ResolversTypes['SchedulePayload'], ParentType, ContextType, RequireFields<MutationCreateScheduleArgs, 'input'>>;
  deleteSchedule?: Resolver<ResolversTypes['DeletePayload'], ParentType, ContextType, RequireFields<MutationDeleteScheduleArgs, 'id'>>;
  overrideSchedule?: Resolver<ResolversTypes['SchedulePayload'], ParentType, ContextType, RequireFields<MutationOverrideScheduleArgs, 'from' | 'reason' | 'scheduleId' | 'to' | 'warm'>>;
  removeOverride?: Resolver<ResolversTypes['SchedulePayload'], ParentType, ContextType, RequireFields<MutationRemoveOverrideArgs, 'id'>>;
  updateSchedule?: Resolver<ResolversTypes['SchedulePayload'], ParentType, ContextType, RequireFields<MutationUpdateScheduleArgs, 'id' | 'input'>>;
};

export type PageInfoResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['Cursor']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  jobs?: Resolver<Maybe<ResolversTypes['JobConnection']>, ParentType, ContextType, RequireFields<QueryJobsArgs, 'first'>>;
  schedules?: Resolver<Maybe<ResolversTypes['ScheduleConnection']>, ParentType, ContextType, RequireFields<QuerySchedulesArgs, 'first'>>;
};

export type RunnerResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Runner'] = ResolversParentTypes['Runner'], FederationReferenceType extends FederationReferenceTypes['Runner'] = FederationReferenceTypes['Runner']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Runner']> | FederationReferenceType, FederationReferenceType, ContextType>;
  currentJob?: Resolver<Maybe<ResolversTypes['Job']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type RunnerPoolResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['RunnerPool'] = ResolversParentTypes['RunnerPool'], FederationReferenceType extends FederationReferenceTypes['RunnerPool'] = FederationReferenceTypes['RunnerPool']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['RunnerPool']> | FederationReferenceType, FederationReferenceType, ContextType>;
  capacity?: Resolver<Maybe<ResolversTypes['CapacityDecision']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  schedule?: Resolver<Maybe<ResolversTypes['Schedule']>, ParentType, ContextType>;
};

export type ScheduleResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Schedule'] = ResolversParentTypes['Schedule'], FederationReferenceType extends FederationReferenceTypes['Schedule'] = FederationReferenceTypes['Schedule']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Schedule']> | FederationReferenceType, FederationReferenceType, ContextType>;
  holidayCountry?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  holidays?: Resolver<Array<ResolversTypes['Holiday']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  next?: Resolver<Array<ResolversTypes['ScheduleTransition']>, ParentType, ContextType, RequireFields<ScheduleNextArgs, 'count'>>;
  overrides?: Resolver<Array<ResolversTypes['ScheduleOverride']>, ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['TimeZone'], ParentType, ContextType>;
  windows?: Resolver<Array<ResolversTypes['WorkingWindow']>, ParentType, ContextType>;
};

export type ScheduleConnectionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ScheduleConnection'] = ResolversParentTypes['ScheduleConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ScheduleEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Schedule']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ScheduleEdgeResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ScheduleEdge'] = ResolversParentTypes['ScheduleEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Schedule'], ParentType, ContextType>;
};

export type ScheduleOverrideResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ScheduleOverride'] = ResolversParentTypes['ScheduleOverride']> = {
  from?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  warm?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SchedulePayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['SchedulePayload'] = ResolversParentTypes['SchedulePayload']> = {
  schedule?: Resolver<Maybe<ResolversTypes['Schedule']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ScheduleTransitionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ScheduleTransition'] = ResolversParentTypes['ScheduleTransition']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  because?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  warm?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  jobChanged?: SubscriptionResolver<ResolversTypes['JobChange'], "jobChanged", ParentType, ContextType, Partial<SubscriptionJobChangedArgs>>;
};

export interface TimeZoneScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['TimeZone'], any> {
  name: 'TimeZone';
}

export type UserErrorResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
};

export type WorkingWindowResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['WorkingWindow'] = ResolversParentTypes['WorkingWindow']> = {
  days?: Resolver<Array<ResolversTypes['DayOfWeek']>, ParentType, ContextType>;
  end?: Resolver<ResolversTypes['LocalTime'], ParentType, ContextType>;
  start?: Resolver<ResolversTypes['LocalTime'], ParentType, ContextType>;
  warm?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type Resolvers<ContextType = SubgraphContext> = {
  CapacityDecision?: CapacityDecisionResolvers<ContextType>;
  Cursor?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  DeletePayload?: DeletePayloadResolvers<ContextType>;
  Holiday?: HolidayResolvers<ContextType>;
  Job?: JobResolvers<ContextType>;
  JobChange?: JobChangeResolvers<ContextType>;
  JobConnection?: JobConnectionResolvers<ContextType>;
  JobEdge?: JobEdgeResolvers<ContextType>;
  LocalTime?: GraphQLScalarType;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Runner?: RunnerResolvers<ContextType>;
  RunnerPool?: RunnerPoolResolvers<ContextType>;
  Schedule?: ScheduleResolvers<ContextType>;
  ScheduleConnection?: ScheduleConnectionResolvers<ContextType>;
  ScheduleEdge?: ScheduleEdgeResolvers<ContextType>;
  ScheduleOverride?: ScheduleOverrideResolvers<ContextType>;
  SchedulePayload?: SchedulePayloadResolvers<ContextType>;
  ScheduleTransition?: ScheduleTransitionResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  TimeZone?: GraphQLScalarType;
  UserError?: UserErrorResolvers<ContextType>;
  WorkingWindow?: WorkingWindowResolvers<ContextType>;
};

