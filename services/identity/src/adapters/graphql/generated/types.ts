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
  _FieldSet: { input: unknown; output: unknown; }
};

/** The secret is shown once, when the token is created. */
export type ApiToken = {
  __typename?: 'ApiToken';
  createdAt: Scalars['DateTime']['output'];
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  id: Scalars['ID']['output'];
  lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  name: Scalars['String']['output'];
  role: Role;
};

export type AuditActorKind =
  /** A machine for itself: it enrolled, or got a workload token, so one or two entries for each job. */
  | 'MACHINE'
  /** Somebody with an API token or a session of the console, or who made the organisation. */
  | 'PERSON'
  /** Cleanroom by itself: it replaced a static IP that was lost, or locked a machine out. */
  | 'SYSTEM';

export type AuditConnection = {
  __typename?: 'AuditConnection';
  edges: Array<AuditEdge>;
  nodes: Array<AuditEntry>;
  pageInfo: PageInfo;
};

export type AuditEdge = {
  __typename?: 'AuditEdge';
  cursor: Scalars['Cursor']['output'];
  node: AuditEntry;
};

/** Who did what, with what outcome; append-only. */
export type AuditEntry = {
  __typename?: 'AuditEntry';
  action: Scalars['String']['output'];
  /** Name of the API token that was used; `machine` or `cleanroom` where nobody asked. */
  actor: Scalars['String']['output'];
  at: Scalars['DateTime']['output'];
  /** DONE, or the code with which it was refused. */
  outcome: Scalars['String']['output'];
  /** Id of what it was done to; null where that does not exist. */
  target?: Maybe<Scalars['String']['output']>;
};

/** What is left out is not looked at. */
export type AuditFilter = {
  /** Those whose entries are wanted, at least one; everybody's where it is left out. */
  actorKinds?: InputMaybe<Array<AuditActorKind>>;
};

export type ConnectGitLabInput = {
  accessToken: Scalars['String']['input'];
  name: Scalars['String']['input'];
  url: Scalars['String']['input'];
};

export type ConnectGitLabPayload = {
  __typename?: 'ConnectGitLabPayload';
  gitlab?: Maybe<GitLabConnection>;
  userErrors: Array<UserError>;
};

export type ConnectHetznerProjectInput = {
  apiToken: Scalars['String']['input'];
  /** Hetzner's own unless the operator has allowed another. */
  endpoint?: InputMaybe<Scalars['String']['input']>;
  name: Scalars['String']['input'];
};

export type ConnectHetznerProjectPayload = {
  __typename?: 'ConnectHetznerProjectPayload';
  hetznerProject?: Maybe<HetznerProject>;
  userErrors: Array<UserError>;
};

export type ConnectionStatus =
  | 'CONNECTED'
  | 'CREDENTIALS_INVALID'
  | 'UNREACHABLE';

export type CreateApiTokenPayload = {
  __typename?: 'CreateApiTokenPayload';
  apiToken?: Maybe<ApiToken>;
  secret?: Maybe<Scalars['String']['output']>;
  userErrors: Array<UserError>;
};

export type DeletePayload = {
  __typename?: 'DeletePayload';
  deletedId?: Maybe<Scalars['ID']['output']>;
  userErrors: Array<UserError>;
};

export type GitLabConnection = {
  __typename?: 'GitLabConnection';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  status: ConnectionStatus;
  url: Scalars['String']['output'];
  webhookUrl: Scalars['String']['output'];
};

/** A Hetzner Cloud project of the customer. The API token is write-only. */
export type HetznerProject = {
  __typename?: 'HetznerProject';
  id: Scalars['ID']['output'];
  lastCheckedAt?: Maybe<Scalars['DateTime']['output']>;
  name: Scalars['String']['output'];
  status: ConnectionStatus;
};

export type Mutation = {
  __typename?: 'Mutation';
  connectGitLab: ConnectGitLabPayload;
  connectHetznerProject: ConnectHetznerProjectPayload;
  createApiToken: CreateApiTokenPayload;
  disconnectGitLab: DeletePayload;
  /** Refused with IN_USE while a pool uses it. */
  disconnectHetznerProject: DeletePayload;
  /** Takes effect within 5 seconds. The last token of an owner that is neither revoked nor expired is refused with NOT_ALLOWED. */
  revokeApiToken: DeletePayload;
  updateGitLab: ConnectGitLabPayload;
  updateHetznerProject: ConnectHetznerProjectPayload;
};


export type MutationConnectGitLabArgs = {
  input: ConnectGitLabInput;
};


export type MutationConnectHetznerProjectArgs = {
  input: ConnectHetznerProjectInput;
};


export type MutationCreateApiTokenArgs = {
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  name: Scalars['String']['input'];
  role: Role;
};


export type MutationDisconnectGitLabArgs = {
  id: Scalars['ID']['input'];
};


export type MutationDisconnectHetznerProjectArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRevokeApiTokenArgs = {
  id: Scalars['ID']['input'];
};


export type MutationUpdateGitLabArgs = {
  accessToken?: InputMaybe<Scalars['String']['input']>;
  id: Scalars['ID']['input'];
  name?: InputMaybe<Scalars['String']['input']>;
};


export type MutationUpdateHetznerProjectArgs = {
  apiToken?: InputMaybe<Scalars['String']['input']>;
  id: Scalars['ID']['input'];
  name?: InputMaybe<Scalars['String']['input']>;
};

export type Organization = {
  __typename?: 'Organization';
  apiTokens?: Maybe<Array<ApiToken>>;
  /** Newest first. Owners only: others are refused with FORBIDDEN. */
  auditLog?: Maybe<AuditConnection>;
  gitlabConnections: Array<GitLabConnection>;
  hetznerProjects: Array<HetznerProject>;
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
};


export type OrganizationAuditLogArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<AuditFilter>;
  first: Scalars['Int']['input'];
};

export type PageInfo = {
  __typename?: 'PageInfo';
  endCursor?: Maybe<Scalars['Cursor']['output']>;
  hasNextPage: Scalars['Boolean']['output'];
};

export type Query = {
  __typename?: 'Query';
  /** Every address that belongs to the organisation's runners, for allow-lists. */
  staticIps?: Maybe<Array<StaticIp>>;
  viewer?: Maybe<Viewer>;
};

export type Role =
  /** Reads; wakes, drains, pauses, resizes and overrides schedules. */
  | 'OPERATOR'
  /** May do everything. */
  | 'OWNER'
  /** Reads. */
  | 'VIEWER';

export type Runner = {
  __typename?: 'Runner';
  id: Scalars['ID']['output'];
  identity?: Maybe<WorkloadIdentity>;
  staticIp?: Maybe<StaticIp>;
};

export type StaticIp = {
  __typename?: 'StaticIp';
  /** Null while it is RESERVING. */
  address?: Maybe<Scalars['String']['output']>;
  leasedSince?: Maybe<Scalars['DateTime']['output']>;
  /** Where it is, or is to be. */
  location: Scalars['String']['output'];
  status: StaticIpStatus;
};

export type StaticIpStatus =
  | 'ACTIVE'
  | 'QUARANTINED'
  | 'RELEASING'
  | 'RESERVING';

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

export type Viewer = {
  __typename?: 'Viewer';
  name: Scalars['String']['output'];
  organization: Organization;
  role: Role;
};

/** What a relying party needs to trust this runner: OIDC issuer and the subject of its tokens. */
export type WorkloadIdentity = {
  __typename?: 'WorkloadIdentity';
  issuer: Scalars['String']['output'];
  lastTokenIssuedAt?: Maybe<Scalars['DateTime']['output']>;
  subject: Scalars['String']['output'];
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
  ApiToken: ApiToken;
  GitLabConnection: GitLabConnection;
  HetznerProject: HetznerProject;
  Organization: Organization;
  Runner: Runner;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  ApiToken:
    ( { __typename: 'ApiToken' }
    & GraphQLRecursivePick<FederationTypes['ApiToken'], {"id":true}> );
  GitLabConnection:
    ( { __typename: 'GitLabConnection' }
    & GraphQLRecursivePick<FederationTypes['GitLabConnection'], {"id":true}> );
  HetznerProject:
    ( { __typename: 'HetznerProject' }
    & GraphQLRecursivePick<FederationTypes['HetznerProject'], {"id":true}> );
  Organization:
    ( { __typename: 'Organization' }
    & GraphQLRecursivePick<FederationTypes['Organization'], {"id":true}> );
  Runner:
    ( { __typename: 'Runner' }
    & GraphQLRecursivePick<FederationTypes['Runner'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  ApiToken: ResolverTypeWrapper<ApiToken>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  AuditActorKind: AuditActorKind;
  AuditConnection: ResolverTypeWrapper<AuditConnection>;
  AuditEdge: ResolverTypeWrapper<AuditEdge>;
  AuditEntry: ResolverTypeWrapper<AuditEntry>;
  AuditFilter: AuditFilter;
  ConnectGitLabInput: ConnectGitLabInput;
  ConnectGitLabPayload: ResolverTypeWrapper<ConnectGitLabPayload>;
  ConnectHetznerProjectInput: ConnectHetznerProjectInput;
  ConnectHetznerProjectPayload: ResolverTypeWrapper<ConnectHetznerProjectPayload>;
  ConnectionStatus: ConnectionStatus;
  CreateApiTokenPayload: ResolverTypeWrapper<CreateApiTokenPayload>;
  Cursor: ResolverTypeWrapper<Scalars['Cursor']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeletePayload: ResolverTypeWrapper<DeletePayload>;
  GitLabConnection: ResolverTypeWrapper<GitLabConnection>;
  HetznerProject: ResolverTypeWrapper<HetznerProject>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Organization: ResolverTypeWrapper<Organization>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Role: Role;
  Runner: ResolverTypeWrapper<Runner>;
  StaticIp: ResolverTypeWrapper<StaticIp>;
  StaticIpStatus: StaticIpStatus;
  UserError: ResolverTypeWrapper<UserError>;
  UserErrorCode: UserErrorCode;
  Viewer: ResolverTypeWrapper<Viewer>;
  WorkloadIdentity: ResolverTypeWrapper<WorkloadIdentity>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  ApiToken: ApiToken | FederationReferenceTypes['ApiToken'];
  ID: Scalars['ID']['output'];
  String: Scalars['String']['output'];
  AuditConnection: AuditConnection;
  AuditEdge: AuditEdge;
  AuditEntry: AuditEntry;
  AuditFilter: AuditFilter;
  ConnectGitLabInput: ConnectGitLabInput;
  ConnectGitLabPayload: ConnectGitLabPayload;
  ConnectHetznerProjectInput: ConnectHetznerProjectInput;
  ConnectHetznerProjectPayload: ConnectHetznerProjectPayload;
  CreateApiTokenPayload: CreateApiTokenPayload;
  Cursor: Scalars['Cursor']['output'];
  DateTime: Scalars['DateTime']['output'];
  DeletePayload: DeletePayload;
  GitLabConnection: GitLabConnection | FederationReferenceTypes['GitLabConnection'];
  HetznerProject: HetznerProject | FederationReferenceTypes['HetznerProject'];
  Mutation: Record<PropertyKey, never>;
  Organization: Organization | FederationReferenceTypes['Organization'];
  Int: Scalars['Int']['output'];
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Query: Record<PropertyKey, never>;
  Runner: Runner | FederationReferenceTypes['Runner'];
  StaticIp: StaticIp;
  UserError: UserError;
  Viewer: Viewer;
  WorkloadIdentity: WorkloadIdentity;
};

export type ApiTokenResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ApiToken'] = ResolversParentTypes['ApiToken'], FederationReferenceType extends FederationReferenceTypes['ApiToken'] = FederationReferenceTypes['ApiToken']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ApiToken']> | FederationReferenceType, FederationReferenceType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
};

export type AuditConnectionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['AuditConnection'] = ResolversParentTypes['AuditConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AuditEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['AuditEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AuditEdgeResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['AuditEdge'] = ResolversParentTypes['AuditEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditEntry'], ParentType, ContextType>;
};

export type AuditEntryResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['AuditEntry'] = ResolversParentTypes['AuditEntry']> = {
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  target?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ConnectGitLabPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ConnectGitLabPayload'] = ResolversParentTypes['ConnectGitLabPayload']> = {
  gitlab?: Resolver<Maybe<ResolversTypes['GitLabConnection']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ConnectHetznerProjectPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ConnectHetznerProjectPayload'] = ResolversParentTypes['ConnectHetznerProjectPayload']> = {
  hetznerProject?: Resolver<Maybe<ResolversTypes['HetznerProject']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateApiTokenPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['CreateApiTokenPayload'] = ResolversParentTypes['CreateApiTokenPayload']> = {
  apiToken?: Resolver<Maybe<ResolversTypes['ApiToken']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
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

export type GitLabConnectionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['GitLabConnection'] = ResolversParentTypes['GitLabConnection'], FederationReferenceType extends FederationReferenceTypes['GitLabConnection'] = FederationReferenceTypes['GitLabConnection']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['GitLabConnection']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ConnectionStatus'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  webhookUrl?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type HetznerProjectResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['HetznerProject'] = ResolversParentTypes['HetznerProject'], FederationReferenceType extends FederationReferenceTypes['HetznerProject'] = FederationReferenceTypes['HetznerProject']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['HetznerProject']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastCheckedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ConnectionStatus'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  connectGitLab?: Resolver<ResolversTypes['ConnectGitLabPayload'], ParentType, ContextType, RequireFields<MutationConnectGitLabArgs, 'input'>>;
  connectHetznerProject?: Resolver<ResolversTypes['ConnectHetznerProjectPayload'], ParentType, ContextType, RequireFields<MutationConnectHetznerProjectArgs, 'input'>>;
  createApiToken?: Resolver<ResolversTypes['CreateApiTokenPayload'], ParentType, ContextType, RequireFields<MutationCreateApiTokenArgs, 'name' | 'role'>>;
  disconnectGitLab?: Resolver<ResolversTypes['DeletePayload'], ParentType, ContextType, RequireFields<MutationDisconnectGitLabArgs, 'id'>>;
  disconnectHetznerProject?: Resolver<ResolversTypes['DeletePayload'], ParentType, ContextType, RequireFields<MutationDisconnectHetznerProjectArgs, 'id'>>;
  revokeApiToken?: Resolver<ResolversTypes['DeletePayload'], ParentType, ContextType, RequireFields<MutationRevokeApiTokenArgs, 'id'>>;
  updateGitLab?: Resolver<ResolversTypes['ConnectGitLabPayload'], ParentType, ContextType, RequireFields<MutationUpdateGitLabArgs, 'id'>>;
  updateHetznerProject?: Resolver<ResolversTypes['ConnectHetznerProjectPayload'], ParentType, ContextType, RequireFields<MutationUpdateHetznerProjectArgs, 'id'>>;
};

export type OrganizationResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Organization'] = ResolversParentTypes['Organization'], FederationReferenceType extends FederationReferenceTypes['Organization'] = FederationReferenceTypes['Organization']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Organization']> | FederationReferenceType, FederationReferenceType, ContextType>;
  apiTokens?: Resolver<Maybe<Array<ResolversTypes['ApiToken']>>, ParentType, ContextType>;
  auditLog?: Resolver<Maybe<ResolversTypes['AuditConnection']>, ParentType, ContextType, RequireFields<OrganizationAuditLogArgs, 'first'>>;
  gitlabConnections?: Resolver<Array<ResolversTypes['GitLabConnection']>, ParentType, ContextType>;
  hetznerProjects?: Resolver<Array<ResolversTypes['HetznerProject']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['Cursor']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  staticIps?: Resolver<Maybe<Array<ResolversTypes['StaticIp']>>, ParentType, ContextType>;
  viewer?: Resolver<Maybe<ResolversTypes['Viewer']>, ParentType, ContextType>;
};

export type RunnerResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Runner'] = ResolversParentTypes['Runner'], FederationReferenceType extends FederationReferenceTypes['Runner'] = FederationReferenceTypes['Runner']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Runner']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  identity?: Resolver<Maybe<ResolversTypes['WorkloadIdentity']>, ParentType, ContextType>;
  staticIp?: Resolver<Maybe<ResolversTypes['StaticIp']>, ParentType, ContextType>;
};

export type StaticIpResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['StaticIp'] = ResolversParentTypes['StaticIp']> = {
  address?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  leasedSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  location?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['StaticIpStatus'], ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
};

export type ViewerResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
};

export type WorkloadIdentityResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['WorkloadIdentity'] = ResolversParentTypes['WorkloadIdentity']> = {
  issuer?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lastTokenIssuedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type Resolvers<ContextType = SubgraphContext> = {
  ApiToken?: ApiTokenResolvers<ContextType>;
  AuditConnection?: AuditConnectionResolvers<ContextType>;
  AuditEdge?: AuditEdgeResolvers<ContextType>;
  AuditEntry?: AuditEntryResolvers<ContextType>;
  ConnectGitLabPayload?: ConnectGitLabPayloadResolvers<ContextType>;
  ConnectHetznerProjectPayload?: ConnectHetznerProjectPayloadResolvers<ContextType>;
  CreateApiTokenPayload?: CreateApiTokenPayloadResolvers<ContextType>;
  Cursor?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  DeletePayload?: DeletePayloadResolvers<ContextType>;
  GitLabConnection?: GitLabConnectionResolvers<ContextType>;
  HetznerProject?: HetznerProjectResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Organization?: OrganizationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Runner?: RunnerResolvers<ContextType>;
  StaticIp?: StaticIpResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
  WorkloadIdentity?: WorkloadIdentityResolvers<ContextType>;
};

