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

export type DeletePayload = {
  __typename?: 'DeletePayload';
  deletedId?: Maybe<Scalars['ID']['output']>;
  userErrors: Array<UserError>;
};

export type FirewallPolicy = {
  __typename?: 'FirewallPolicy';
  /** When it was last noticed that somebody else had changed one of its firewalls, or taken it off a server. */
  driftedAt?: Maybe<Scalars['DateTime']['output']>;
  id: Scalars['ID']['output'];
  /** Opens the Hetzner firewall only: the machine's own packet filter still lets nothing in. */
  inbound: Array<FirewallRule>;
  name: Scalars['String']['output'];
  outbound: Array<FirewallRule>;
  pools?: Maybe<Array<Maybe<RunnerPool>>>;
  status: PolicyStatus;
};

export type FirewallPolicyConnection = {
  __typename?: 'FirewallPolicyConnection';
  edges: Array<FirewallPolicyEdge>;
  nodes: Array<FirewallPolicy>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type FirewallPolicyEdge = {
  __typename?: 'FirewallPolicyEdge';
  cursor: Scalars['Cursor']['output'];
  node: FirewallPolicy;
};

export type FirewallPolicyInput = {
  /** Opens the Hetzner firewall only: the machine's own packet filter still lets nothing in. */
  inbound?: Array<FirewallRuleInput>;
  name: Scalars['String']['input'];
  outbound?: Array<FirewallRuleInput>;
};

export type FirewallPolicyPayload = {
  __typename?: 'FirewallPolicyPayload';
  firewallPolicy?: Maybe<FirewallPolicy>;
  userErrors: Array<UserError>;
};

export type FirewallRule = {
  __typename?: 'FirewallRule';
  cidrs: Array<Scalars['String']['output']>;
  description?: Maybe<Scalars['String']['output']>;
  ports?: Maybe<Scalars['String']['output']>;
  protocol: Protocol;
};

export type FirewallRuleInput = {
  cidrs: Array<Scalars['String']['input']>;
  description?: InputMaybe<Scalars['String']['input']>;
  ports?: InputMaybe<Scalars['String']['input']>;
  protocol: Protocol;
};

export type Mutation = {
  __typename?: 'Mutation';
  assignFirewallPolicy: FirewallPolicyPayload;
  createFirewallPolicy: FirewallPolicyPayload;
  deleteFirewallPolicy: DeletePayload;
  unassignFirewallPolicy: FirewallPolicyPayload;
  updateFirewallPolicy: FirewallPolicyPayload;
};


export type MutationAssignFirewallPolicyArgs = {
  policyId: Scalars['ID']['input'];
  poolId: Scalars['ID']['input'];
};


export type MutationCreateFirewallPolicyArgs = {
  input: FirewallPolicyInput;
};


export type MutationDeleteFirewallPolicyArgs = {
  id: Scalars['ID']['input'];
};


export type MutationUnassignFirewallPolicyArgs = {
  policyId: Scalars['ID']['input'];
  poolId: Scalars['ID']['input'];
};


export type MutationUpdateFirewallPolicyArgs = {
  id: Scalars['ID']['input'];
  input: FirewallPolicyInput;
};

export type PageInfo = {
  __typename?: 'PageInfo';
  endCursor?: Maybe<Scalars['Cursor']['output']>;
  hasNextPage: Scalars['Boolean']['output'];
};

export type PolicyStatus =
  /** Nothing is left to do: it was seen in force as it says on every machine whose pool has it, or none ever had it. */
  | 'APPLIED'
  /** Somebody else changed one of its firewalls, or took it off a server; it is being set right. */
  | 'DRIFTED'
  /** Where a pool has the policy, its firewall is not yet as the policy says, or a machine was not yet seen with it in force. */
  | 'PENDING';

export type Protocol =
  | 'ESP'
  | 'GRE'
  | 'ICMP'
  | 'TCP'
  | 'UDP';

export type Query = {
  __typename?: 'Query';
  firewallPolicies?: Maybe<FirewallPolicyConnection>;
};


export type QueryFirewallPoliciesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  first: Scalars['Int']['input'];
};

export type Runner = {
  __typename?: 'Runner';
  firewall?: Maybe<RunnerFirewall>;
  id: Scalars['ID']['output'];
};

export type RunnerFirewall = {
  __typename?: 'RunnerFirewall';
  /** What was seen in force then, without what was missed since; what is wanted is in the pool's `firewallPolicies`. */
  policies: Array<FirewallPolicy>;
  /** All that the pool wants now was seen in force on the machine; not so for the seconds that a change needs. */
  protected: Scalars['Boolean']['output'];
  /** When the last look at the machine began that saw all in force that was wanted then. */
  verifiedAt?: Maybe<Scalars['DateTime']['output']>;
};

export type RunnerPool = {
  __typename?: 'RunnerPool';
  firewallPolicies?: Maybe<Array<FirewallPolicy>>;
  id: Scalars['ID']['output'];
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
  FirewallPolicy: FirewallPolicy;
  Runner: Runner;
  RunnerPool: RunnerPool;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  FirewallPolicy:
    ( { __typename: 'FirewallPolicy' }
    & GraphQLRecursivePick<FederationTypes['FirewallPolicy'], {"id":true}> );
  Runner:
    ( { __typename: 'Runner' }
    & GraphQLRecursivePick<FederationTypes['Runner'], {"id":true}> );
  RunnerPool:
    ( { __typename: 'RunnerPool' }
    & GraphQLRecursivePick<FederationTypes['RunnerPool'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Cursor: ResolverTypeWrapper<Scalars['Cursor']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeletePayload: ResolverTypeWrapper<DeletePayload>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  FirewallPolicy: ResolverTypeWrapper<FirewallPolicy>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  FirewallPolicyConnection: ResolverTypeWrapper<FirewallPolicyConnection>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  FirewallPolicyEdge: ResolverTypeWrapper<FirewallPolicyEdge>;
  FirewallPolicyInput: FirewallPolicyInput;
  FirewallPolicyPayload: ResolverTypeWrapper<FirewallPolicyPayload>;
  FirewallRule: ResolverTypeWrapper<FirewallRule>;
  FirewallRuleInput: FirewallRuleInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  PolicyStatus: PolicyStatus;
  Protocol: Protocol;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Runner: ResolverTypeWrapper<Runner>;
  RunnerFirewall: ResolverTypeWrapper<RunnerFirewall>;
  RunnerPool: ResolverTypeWrapper<RunnerPool>;
  UserError: ResolverTypeWrapper<UserError>;
  UserErrorCode: UserErrorCode;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Cursor: Scalars['Cursor']['output'];
  DateTime: Scalars['DateTime']['output'];
  DeletePayload: DeletePayload;
  ID: Scalars['ID']['output'];
  FirewallPolicy: FirewallPolicy | FederationReferenceTypes['FirewallPolicy'];
  String: Scalars['String']['output'];
  FirewallPolicyConnection: FirewallPolicyConnection;
  Int: Scalars['Int']['output'];
  FirewallPolicyEdge: FirewallPolicyEdge;
  FirewallPolicyInput: FirewallPolicyInput;
  FirewallPolicyPayload: FirewallPolicyPayload;
  FirewallRule: FirewallRule;
  FirewallRuleInput: FirewallRuleInput;
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Query: Record<PropertyKey, never>;
  Runner: Runner | FederationReferenceTypes['Runner'];
  RunnerFirewall: RunnerFirewall;
  RunnerPool: RunnerPool | FederationReferenceTypes['RunnerPool'];
  UserError: UserError;
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

export type FirewallPolicyResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['FirewallPolicy'] = ResolversParentTypes['FirewallPolicy'], FederationReferenceType extends FederationReferenceTypes['FirewallPolicy'] = FederationReferenceTypes['FirewallPolicy']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['FirewallPolicy']> | FederationReferenceType, FederationReferenceType, ContextType>;
  driftedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  inbound?: Resolver<Array<ResolversTypes['FirewallRule']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  outbound?: Resolver<Array<ResolversTypes['FirewallRule']>, ParentType, ContextType>;
  pools?: Resolver<Maybe<Array<Maybe<ResolversTypes['RunnerPool']>>>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PolicyStatus'], ParentType, ContextType>;
};

export type FirewallPolicyConnectionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['FirewallPolicyConnection'] = ResolversParentTypes['FirewallPolicyConnection']> = {
  edges?: Resolver<Array<ResolversTypes['FirewallPolicyEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['FirewallPolicy']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type FirewallPolicyEdgeResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['FirewallPolicyEdge'] = ResolversParentTypes['FirewallPolicyEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['FirewallPolicy'], ParentType, ContextType>;
};

export type FirewallPolicyPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['FirewallPolicyPayload'] = ResolversParentTypes['FirewallPolicyPayload']> = {
  firewallPolicy?: Resolver<Maybe<ResolversTypes['FirewallPolicy']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type FirewallRuleResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['FirewallRule'] = ResolversParentTypes['FirewallRule']> = {
  cidrs?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  ports?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  protocol?: Resolver<ResolversTypes['Protocol'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  assignFirewallPolicy?: Resolver<ResolversTypes['FirewallPolicyPayload'], ParentType, ContextType, RequireFields<MutationAssignFirewallPolicyArgs, 'policyId' | 'poolId'>>;
  createFirewallPolicy?: Resolver<ResolversTypes['FirewallPolicyPayload'], ParentType, ContextType, RequireFields<MutationCreateFirewallPolicyArgs, 'input'>>;
  deleteFirewallPolicy?: Resolver<ResolversTypes['DeletePayload'], ParentType, ContextType, RequireFields<MutationDeleteFirewallPolicyArgs, 'id'>>;
  unassignFirewallPolicy?: Resolver<ResolversTypes['FirewallPolicyPayload'], ParentType, ContextType, RequireFields<MutationUnassignFirewallPolicyArgs, 'policyId' | 'poolId'>>;
  updateFirewallPolicy?: Resolver<ResolversTypes['FirewallPolicyPayload'], ParentType, ContextType, RequireFields<MutationUpdateFirewallPolicyArgs, 'id' | 'input'>>;
};

export type PageInfoResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['Cursor']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  firewallPolicies?: Resolver<Maybe<ResolversTypes['FirewallPolicyConnection']>, ParentType, ContextType, RequireFields<QueryFirewallPoliciesArgs, 'first'>>;
};

export type RunnerResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Runner'] = ResolversParentTypes['Runner'], FederationReferenceType extends FederationReferenceTypes['Runner'] = FederationReferenceTypes['Runner']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Runner']> | FederationReferenceType, FederationReferenceType, ContextType>;
  firewall?: Resolver<Maybe<ResolversTypes['RunnerFirewall']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type RunnerFirewallResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['RunnerFirewall'] = ResolversParentTypes['RunnerFirewall']> = {
  policies?: Resolver<Array<ResolversTypes['FirewallPolicy']>, ParentType, ContextType>;
  protected?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  verifiedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type RunnerPoolResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['RunnerPool'] = ResolversParentTypes['RunnerPool'], FederationReferenceType extends FederationReferenceTypes['RunnerPool'] = FederationReferenceTypes['RunnerPool']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['RunnerPool']> | FederationReferenceType, FederationReferenceType, ContextType>;
  firewallPolicies?: Resolver<Maybe<Array<ResolversTypes['FirewallPolicy']>>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
};

export type Resolvers<ContextType = SubgraphContext> = {
  Cursor?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  DeletePayload?: DeletePayloadResolvers<ContextType>;
  FirewallPolicy?: FirewallPolicyResolvers<ContextType>;
  FirewallPolicyConnection?: FirewallPolicyConnectionResolvers<ContextType>;
  FirewallPolicyEdge?: FirewallPolicyEdgeResolvers<ContextType>;
  FirewallPolicyPayload?: FirewallPolicyPayloadResolvers<ContextType>;
  FirewallRule?: FirewallRuleResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Runner?: RunnerResolvers<ContextType>;
  RunnerFirewall?: RunnerFirewallResolvers<ContextType>;
  RunnerPool?: RunnerPoolResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};

