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
  Duration: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

export type CreateRunnerPoolInput = {
  freshMachine?: FreshMachine;
  gitlabConnectionId: Scalars['ID']['input'];
  hetznerProjectId: Scalars['ID']['input'];
  idleTimeout?: Scalars['Duration']['input'];
  image?: Scalars['String']['input'];
  locations: Array<Scalars['String']['input']>;
  maxMachineAge?: Scalars['Duration']['input'];
  name: Scalars['String']['input'];
  /** Whether its runners take jobs of protected branches and tags only. */
  protectedOnly?: Scalars['Boolean']['input'];
  runUntagged?: Scalars['Boolean']['input'];
  scope: GitLabScopeInput;
  serverTypes: Array<Scalars['String']['input']>;
  size: Scalars['Int']['input'];
  tags?: Array<Scalars['String']['input']>;
};

export type FreshMachine =
  | 'EVERY_JOB'
  | 'EVERY_START';

export type GitLabConnection = {
  __typename?: 'GitLabConnection';
  id: Scalars['ID']['output'];
};

export type GitLabScope = {
  __typename?: 'GitLabScope';
  fullPath?: Maybe<Scalars['String']['output']>;
  kind: GitLabScopeKind;
};

export type GitLabScopeInput = {
  fullPath?: InputMaybe<Scalars['String']['input']>;
  kind: GitLabScopeKind;
};

export type GitLabScopeKind =
  | 'GROUP'
  | 'INSTANCE'
  | 'PROJECT';

export type HetznerProject = {
  __typename?: 'HetznerProject';
  id: Scalars['ID']['output'];
};

/** One life of a VM, from order to deletion; a rebuild begins the next generation of the same machine. */
export type Machine = {
  __typename?: 'Machine';
  deletedAt?: Maybe<Scalars['DateTime']['output']>;
  generation: Scalars['Int']['output'];
  id: Scalars['ID']['output'];
  location: Scalars['String']['output'];
  orderedAt: Scalars['DateTime']['output'];
  paidUntil?: Maybe<Scalars['DateTime']['output']>;
  readyAt?: Maybe<Scalars['DateTime']['output']>;
  serverId?: Maybe<Scalars['String']['output']>;
  serverType: Scalars['String']['output'];
};

export type MachineConnection = {
  __typename?: 'MachineConnection';
  edges: Array<MachineEdge>;
  nodes: Array<Machine>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type MachineEdge = {
  __typename?: 'MachineEdge';
  cursor: Scalars['Cursor']['output'];
  node: Machine;
};

export type Mutation = {
  __typename?: 'Mutation';
  createRunnerPool: RunnerPoolPayload;
  /** Lets running jobs finish, then deletes machines, runners and static IPs. */
  deleteRunnerPool: RunnerPoolPayload;
  /** Has the machine of a runner replaced once its job is over; a runner that is wanted, or was woken by hand for longer, wakes anew. */
  drainRunner: RunnerPayload;
  pauseRunnerPool: RunnerPoolPayload;
  /** Shrinking drains and names the static IPs that it will release; without `confirm` it only names them. */
  resizeRunnerPool: ResizeRunnerPoolPayload;
  updateRunnerPool: RunnerPoolPayload;
  /** Keeps a runner awake until an instant within 7 days; without one, to the end of its paid hour. */
  wakeRunner: RunnerPayload;
};


export type MutationCreateRunnerPoolArgs = {
  input: CreateRunnerPoolInput;
};


export type MutationDeleteRunnerPoolArgs = {
  id: Scalars['ID']['input'];
};


export type MutationDrainRunnerArgs = {
  id: Scalars['ID']['input'];
};


export type MutationPauseRunnerPoolArgs = {
  id: Scalars['ID']['input'];
  paused: Scalars['Boolean']['input'];
};


export type MutationResizeRunnerPoolArgs = {
  confirm?: Scalars['Boolean']['input'];
  id: Scalars['ID']['input'];
  size: Scalars['Int']['input'];
};


export type MutationUpdateRunnerPoolArgs = {
  input: UpdateRunnerPoolInput;
};


export type MutationWakeRunnerArgs = {
  id: Scalars['ID']['input'];
  until?: InputMaybe<Scalars['DateTime']['input']>;
};

export type PageInfo = {
  __typename?: 'PageInfo';
  endCursor?: Maybe<Scalars['Cursor']['output']>;
  hasNextPage: Scalars['Boolean']['output'];
};

export type Query = {
  __typename?: 'Query';
  runner?: Maybe<Runner>;
  runnerPool?: Maybe<RunnerPool>;
  runnerPools?: Maybe<RunnerPoolConnection>;
  runners?: Maybe<RunnerConnection>;
};


export type QueryRunnerArgs = {
  id: Scalars['ID']['input'];
};


export type QueryRunnerPoolArgs = {
  id: Scalars['ID']['input'];
};


export type QueryRunnerPoolsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  first: Scalars['Int']['input'];
};


export type QueryRunnersArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  first: Scalars['Int']['input'];
  poolId?: InputMaybe<Scalars['ID']['input']>;
  states?: InputMaybe<Array<RunnerState>>;
};

export type ResizeRunnerPoolPayload = {
  __typename?: 'ResizeRunnerPoolPayload';
  releasedIps: Array<Scalars['String']['output']>;
  runnerPool?: Maybe<RunnerPool>;
  userErrors: Array<UserError>;
};

/** A permanent seat: a name in GitLab, a static IP, an identity. It is awake while it has a machine. */
export type Runner = {
  __typename?: 'Runner';
  id: Scalars['ID']['output'];
  machine?: Maybe<Machine>;
  machines: MachineConnection;
  name: Scalars['String']['output'];
  pool: RunnerPool;
  /** When a runner that is kept from working is next tried, where that is known. */
  retryAt?: Maybe<Scalars['DateTime']['output']>;
  state: RunnerState;
  stateReason?: Maybe<Scalars['String']['output']>;
  stateSince: Scalars['DateTime']['output'];
  timeline: TimelineConnection;
};


/** A permanent seat: a name in GitLab, a static IP, an identity. It is awake while it has a machine. */
export type RunnerMachinesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  first: Scalars['Int']['input'];
};


/** A permanent seat: a name in GitLab, a static IP, an identity. It is awake while it has a machine. */
export type RunnerTimelineArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  first: Scalars['Int']['input'];
};

export type RunnerChange = {
  __typename?: 'RunnerChange';
  at: Scalars['DateTime']['output'];
  cursor: Scalars['Cursor']['output'];
  from?: Maybe<RunnerState>;
  runner: Runner;
  to: RunnerState;
};

export type RunnerConnection = {
  __typename?: 'RunnerConnection';
  changeCursor: Scalars['Cursor']['output'];
  edges: Array<RunnerEdge>;
  nodes: Array<Runner>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type RunnerEdge = {
  __typename?: 'RunnerEdge';
  cursor: Scalars['Cursor']['output'];
  node: Runner;
};

export type RunnerPayload = {
  __typename?: 'RunnerPayload';
  runner?: Maybe<Runner>;
  userErrors: Array<UserError>;
};

/** A desired state: so many runners of this kind, for this GitLab group or project. */
export type RunnerPool = {
  __typename?: 'RunnerPool';
  /** Until its last static IP is released; then the pool is gone. */
  deleting: Scalars['Boolean']['output'];
  freshMachine: FreshMachine;
  gitlab?: Maybe<GitLabConnection>;
  hetznerProject?: Maybe<HetznerProject>;
  id: Scalars['ID']['output'];
  idleTimeout: Scalars['Duration']['output'];
  image: Scalars['String']['output'];
  locations: Array<Scalars['String']['output']>;
  maxMachineAge: Scalars['Duration']['output'];
  name: Scalars['String']['output'];
  paused: Scalars['Boolean']['output'];
  /** GitLab's protected runner: its runners take jobs of protected branches and tags only. */
  protectedOnly: Scalars['Boolean']['output'];
  runUntagged: Scalars['Boolean']['output'];
  runners: RunnerConnection;
  scope: GitLabScope;
  serverTypes: Array<Scalars['String']['output']>;
  size: Scalars['Int']['output'];
  /** Of those that are not DELETED; a state that none is in is left out. */
  stateCounts: Array<RunnerStateCount>;
  tags: Array<Scalars['String']['output']>;
};


/** A desired state: so many runners of this kind, for this GitLab group or project. */
export type RunnerPoolRunnersArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  first: Scalars['Int']['input'];
};

export type RunnerPoolConnection = {
  __typename?: 'RunnerPoolConnection';
  edges: Array<RunnerPoolEdge>;
  nodes: Array<RunnerPool>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type RunnerPoolEdge = {
  __typename?: 'RunnerPoolEdge';
  cursor: Scalars['Cursor']['output'];
  node: RunnerPool;
};

export type RunnerPoolPayload = {
  __typename?: 'RunnerPoolPayload';
  runnerPool?: Maybe<RunnerPool>;
  userErrors: Array<UserError>;
};

export type RunnerState =
  | 'ASLEEP'
  | 'BUSY'
  | 'CLEANING'
  | 'DELETED'
  | 'DRAINING'
  | 'ENROLLING'
  | 'FAILED'
  | 'IDLE'
  | 'REQUESTED'
  | 'STARTING'
  | 'STOPPING';

export type RunnerStateCount = {
  __typename?: 'RunnerStateCount';
  count: Scalars['Int']['output'];
  state: RunnerState;
};

export type Subscription = {
  __typename?: 'Subscription';
  /** Each event carries a cursor; `after` resumes without a gap. */
  runnerChanged: RunnerChange;
};


export type SubscriptionRunnerChangedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  poolId?: InputMaybe<Scalars['ID']['input']>;
};

export type TimelineConnection = {
  __typename?: 'TimelineConnection';
  edges: Array<TimelineEdge>;
  nodes: Array<TimelineEntry>;
  pageInfo: PageInfo;
};

export type TimelineEdge = {
  __typename?: 'TimelineEdge';
  cursor: Scalars['Cursor']['output'];
  node: TimelineEntry;
};

export type TimelineEntry = {
  __typename?: 'TimelineEntry';
  actor: Scalars['String']['output'];
  at: Scalars['DateTime']['output'];
  kind: Scalars['String']['output'];
  message: Scalars['String']['output'];
};

export type UpdateRunnerPoolInput = {
  freshMachine?: InputMaybe<FreshMachine>;
  id: Scalars['ID']['input'];
  idleTimeout?: InputMaybe<Scalars['Duration']['input']>;
  image?: InputMaybe<Scalars['String']['input']>;
  locations?: InputMaybe<Array<Scalars['String']['input']>>;
  maxMachineAge?: InputMaybe<Scalars['Duration']['input']>;
  name?: InputMaybe<Scalars['String']['input']>;
  protectedOnly?: InputMaybe<Scalars['Boolean']['input']>;
  runUntagged?: InputMaybe<Scalars['Boolean']['input']>;
  serverTypes?: InputMaybe<Array<Scalars['String']['input']>>;
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
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
  Runner: Runner;
  RunnerPool: RunnerPool;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Runner:
    ( { __typename: 'Runner' }
    & GraphQLRecursivePick<FederationTypes['Runner'], {"id":true}> );
  RunnerPool:
    ( { __typename: 'RunnerPool' }
    & GraphQLRecursivePick<FederationTypes['RunnerPool'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  CreateRunnerPoolInput: CreateRunnerPoolInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Cursor: ResolverTypeWrapper<Scalars['Cursor']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Duration: ResolverTypeWrapper<Scalars['Duration']['output']>;
  FreshMachine: FreshMachine;
  GitLabConnection: ResolverTypeWrapper<GitLabConnection>;
  GitLabScope: ResolverTypeWrapper<GitLabScope>;
  GitLabScopeInput: GitLabScopeInput;
  GitLabScopeKind: GitLabScopeKind;
  HetznerProject: ResolverTypeWrapper<HetznerProject>;
  Machine: ResolverTypeWrapper<Machine>;
  MachineConnection: ResolverTypeWrapper<MachineConnection>;
  MachineEdge: ResolverTypeWrapper<MachineEdge>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ResizeRunnerPoolPayload: ResolverTypeWrapper<ResizeRunnerPoolPayload>;
  Runner: ResolverTypeWrapper<Runner>;
  RunnerChange: ResolverTypeWrapper<RunnerChange>;
  RunnerConnection: ResolverTypeWrapper<RunnerConnection>;
  RunnerEdge: ResolverTypeWrapper<RunnerEdge>;
  RunnerPayload: ResolverTypeWrapper<RunnerPayload>;
  RunnerPool: ResolverTypeWrapper<RunnerPool>;
  RunnerPoolConnection: ResolverTypeWrapper<RunnerPoolConnection>;
  RunnerPoolEdge: ResolverTypeWrapper<RunnerPoolEdge>;
  RunnerPoolPayload: ResolverTypeWrapper<RunnerPoolPayload>;
  RunnerState: RunnerState;
  RunnerStateCount: ResolverTypeWrapper<RunnerStateCount>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  TimelineConnection: ResolverTypeWrapper<TimelineConnection>;
  TimelineEdge: ResolverTypeWrapper<TimelineEdge>;
  TimelineEntry: ResolverTypeWrapper<TimelineEntry>;
  UpdateRunnerPoolInput: UpdateRunnerPoolInput;
  UserError: ResolverTypeWrapper<UserError>;
  UserErrorCode: UserErrorCode;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  CreateRunnerPoolInput: CreateRunnerPoolInput;
  ID: Scalars['ID']['output'];
  String: Scalars['String']['output'];
  Boolean: Scalars['Boolean']['output'];
  Int: Scalars['Int']['output'];
  Cursor: Scalars['Cursor']['output'];
  DateTime: Scalars['DateTime']['output'];
  Duration: Scalars['Duration']['output'];
  GitLabConnection: GitLabConnection;
  GitLabScope: GitLabScope;
  GitLabScopeInput: GitLabScopeInput;
  HetznerProject: HetznerProject;
  Machine: Machine;
  MachineConnection: MachineConnection;
  MachineEdge: MachineEdge;
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  ResizeRunnerPoolPayload: ResizeRunnerPoolPayload;
  Runner: Runner | FederationReferenceTypes['Runner'];
  RunnerChange: RunnerChange;
  RunnerConnection: RunnerConnection;
  RunnerEdge: RunnerEdge;
  RunnerPayload: RunnerPayload;
  RunnerPool: RunnerPool | FederationReferenceTypes['RunnerPool'];
  RunnerPoolConnection: RunnerPoolConnection;
  RunnerPoolEdge: RunnerPoolEdge;
  RunnerPoolPayload: RunnerPoolPayload;
  RunnerStateCount: RunnerStateCount;
  Subscription: Record<PropertyKey, never>;
  TimelineConnection: TimelineConnection;
  TimelineEdge: TimelineEdge;
  TimelineEntry: TimelineEntry;
  UpdateRunnerPoolInput: UpdateRunnerPoolInput;
  UserError: UserError;
};

export interface CursorScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Cursor'], any> {
  name: 'Cursor';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DurationScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Duration'], any> {
  name: 'Duration';
}

export type GitLabConnectionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['GitLabConnection'] = ResolversParentTypes['GitLabConnection']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type GitLabScopeResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['GitLabScope'] = ResolversParentTypes['GitLabScope']> = {
  fullPath?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['GitLabScopeKind'], ParentType, ContextType>;
};

export type HetznerProjectResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['HetznerProject'] = ResolversParentTypes['HetznerProject']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type MachineResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Machine'] = ResolversParentTypes['Machine']> = {
  deletedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  generation?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  location?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  orderedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  paidUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  readyAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  serverId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  serverType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MachineConnectionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['MachineConnection'] = ResolversParentTypes['MachineConnection']> = {
  edges?: Resolver<Array<ResolversTypes['MachineEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Machine']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MachineEdgeResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['MachineEdge'] = ResolversParentTypes['MachineEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Machine'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  createRunnerPool?: Resolver<ResolversTypes['RunnerPoolPayload'], ParentType, ContextType, RequireFields<MutationCreateRunnerPoolArgs, 'input'>>;
  deleteRunnerPool?: Resolver<ResolversTypes['RunnerPoolPayload'], ParentType, ContextType, RequireFields<MutationDeleteRunnerPoolArgs, 'id'>>;
  drainRunner?: Resolver<ResolversTypes['RunnerPayload'], ParentType, ContextType, RequireFields<MutationDrainRunnerArgs, 'id'>>;
  pauseRunnerPool?: Resolver<ResolversTypes['RunnerPoolPayload'], ParentType, ContextType, RequireFields<MutationPauseRunnerPoolArgs, 'id' | 'paused'>>;
  resizeRunnerPool?: Resolver<ResolversTypes['ResizeRunnerPoolPayload'], ParentType, ContextType, RequireFields<MutationResizeRunnerPoolArgs, 'confirm' | 'id' | 'size'>>;
  updateRunnerPool?: Resolver<ResolversTypes['RunnerPoolPayload'], ParentType, ContextType, RequireFields<MutationUpdateRunnerPoolArgs, 'input'>>;
  wakeRunner?: Resolver<ResolversTypes['RunnerPayload'], ParentType, ContextType, RequireFields<MutationWakeRunnerArgs, 'id'>>;
};

export type PageInfoResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['Cursor']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  runner?: Resolver<Maybe<ResolversTypes['Runner']>, ParentType, ContextType, RequireFields<QueryRunnerArgs, 'id'>>;
  runnerPool?: Resolver<Maybe<ResolversTypes['RunnerPool']>, ParentType, ContextType, RequireFields<QueryRunnerPoolArgs, 'id'>>;
  runnerPools?: Resolver<Maybe<ResolversTypes['RunnerPoolConnection']>, ParentType, ContextType, RequireFields<QueryRunnerPoolsArgs, 'first'>>;
  runners?: Resolver<Maybe<ResolversTypes['RunnerConnection']>, ParentType, ContextType, RequireFields<QueryRunnersArgs, 'first'>>;
};

export type ResizeRunnerPoolPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ResizeRunnerPoolPayload'] = ResolversParentTypes['ResizeRunnerPoolPayload']> = {
  releasedIps?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  runnerPool?: Resolver<Maybe<ResolversTypes['RunnerPool']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RunnerResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Runner'] = ResolversParentTypes['Runner'], FederationReferenceType extends FederationReferenceTypes['Runner'] = FederationReferenceTypes['Runner']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Runner']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  machine?: Resolver<Maybe<ResolversTypes['Machine']>, ParentType, ContextType>;
  machines?: Resolver<ResolversTypes['MachineConnection'], ParentType, ContextType, RequireFields<RunnerMachinesArgs, 'first'>>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  pool?: Resolver<ResolversTypes['RunnerPool'], ParentType, ContextType>;
  retryAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['RunnerState'], ParentType, ContextType>;
  stateReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  stateSince?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  timeline?: Resolver<ResolversTypes['TimelineConnection'], ParentType, ContextType, RequireFields<RunnerTimelineArgs, 'first'>>;
};

export type RunnerChangeResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['RunnerChange'] = ResolversParentTypes['RunnerChange']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['RunnerState']>, ParentType, ContextType>;
  runner?: Resolver<ResolversTypes['Runner'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['RunnerState'], ParentType, ContextType>;
};

export type RunnerConnectionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['RunnerConnection'] = ResolversParentTypes['RunnerConnection']> = {
  changeCursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['RunnerEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Runner']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RunnerEdgeResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['RunnerEdge'] = ResolversParentTypes['RunnerEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Runner'], ParentType, ContextType>;
};

export type RunnerPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['RunnerPayload'] = ResolversParentTypes['RunnerPayload']> = {
  runner?: Resolver<Maybe<ResolversTypes['Runner']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RunnerPoolResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['RunnerPool'] = ResolversParentTypes['RunnerPool'], FederationReferenceType extends FederationReferenceTypes['RunnerPool'] = FederationReferenceTypes['RunnerPool']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['RunnerPool']> | FederationReferenceType, FederationReferenceType, ContextType>;
  deleting?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  freshMachine?: Resolver<ResolversTypes['FreshMachine'], ParentType, ContextType>;
  gitlab?: Resolver<Maybe<ResolversTypes['GitLabConnection']>, ParentType, ContextType>;
  hetznerProject?: Resolver<Maybe<ResolversTypes['HetznerProject']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  idleTimeout?: Resolver<ResolversTypes['Duration'], ParentType, ContextType>;
  image?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  locations?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  maxMachineAge?: Resolver<ResolversTypes['Duration'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  paused?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  protectedOnly?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  runUntagged?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  runners?: Resolver<ResolversTypes['RunnerConnection'], ParentType, ContextType, RequireFields<RunnerPoolRunnersArgs, 'first'>>;
  scope?: Resolver<ResolversTypes['GitLabScope'], ParentType, ContextType>;
  serverTypes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  size?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  stateCounts?: Resolver<Array<ResolversTypes['RunnerStateCount']>, ParentType, ContextType>;
  tags?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type RunnerPoolConnectionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['RunnerPoolConnection'] = ResolversParentTypes['RunnerPoolConnection']> = {
  edges?: Resolver<Array<ResolversTypes['RunnerPoolEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['RunnerPool']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RunnerPoolEdgeResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['RunnerPoolEdge'] = ResolversParentTypes['RunnerPoolEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['RunnerPool'], ParentType, ContextType>;
};

export type RunnerPoolPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['RunnerPoolPayload'] = ResolversParentTypes['RunnerPoolPayload']> = {
  runnerPool?: Resolver<Maybe<ResolversTypes['RunnerPool']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RunnerStateCountResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['RunnerStateCount'] = ResolversParentTypes['RunnerStateCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['RunnerState'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  runnerChanged?: SubscriptionResolver<ResolversTypes['RunnerChange'], "runnerChanged", ParentType, ContextType, Partial<SubscriptionRunnerChangedArgs>>;
};

export type TimelineConnectionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['TimelineConnection'] = ResolversParentTypes['TimelineConnection']> = {
  edges?: Resolver<Array<ResolversTypes['TimelineEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['TimelineEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type TimelineEdgeResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['TimelineEdge'] = ResolversParentTypes['TimelineEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['TimelineEntry'], ParentType, ContextType>;
};

export type TimelineEntryResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['TimelineEntry'] = ResolversParentTypes['TimelineEntry']> = {
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
};

export type Resolvers<ContextType = SubgraphContext> = {
  Cursor?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Duration?: GraphQLScalarType;
  GitLabConnection?: GitLabConnectionResolvers<ContextType>;
  GitLabScope?: GitLabScopeResolvers<ContextType>;
  HetznerProject?: HetznerProjectResolvers<ContextType>;
  Machine?: MachineResolvers<ContextType>;
  MachineConnection?: MachineConnectionResolvers<ContextType>;
  MachineEdge?: MachineEdgeResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  ResizeRunnerPoolPayload?: ResizeRunnerPoolPayloadResolvers<ContextType>;
  Runner?: RunnerResolvers<ContextType>;
  RunnerChange?: RunnerChangeResolvers<ContextType>;
  RunnerConnection?: RunnerConnectionResolvers<ContextType>;
  RunnerEdge?: RunnerEdgeResolvers<ContextType>;
  RunnerPayload?: RunnerPayloadResolvers<ContextType>;
  RunnerPool?: RunnerPoolResolvers<ContextType>;
  RunnerPoolConnection?: RunnerPoolConnectionResolvers<ContextType>;
  RunnerPoolEdge?: RunnerPoolEdgeResolvers<ContextType>;
  RunnerPoolPayload?: RunnerPoolPayloadResolvers<ContextType>;
  RunnerStateCount?: RunnerStateCountResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  TimelineConnection?: TimelineConnectionResolvers<ContextType>;
  TimelineEdge?: TimelineEdgeResolvers<ContextType>;
  TimelineEntry?: TimelineEntryResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};

