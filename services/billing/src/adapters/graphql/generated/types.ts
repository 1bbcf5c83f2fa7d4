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
  DateTime: { input: string; output: Date | string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** A machine that would never have been off, at today's list of its pool and at the price of when its static IP was leased. */
export type BaselineMachine = {
  __typename?: 'BaselineMachine';
  hourly: Money;
  location: Scalars['String']['output'];
  /** On so many static IPs alike. */
  places: Scalars['Int']['output'];
  serverType: Scalars['String']['output'];
};

/** The most that a calendar month (UTC) may cost, and how much of it is gone. */
export type Budget = {
  __typename?: 'Budget';
  /** What the month will have cost, if its last seven days go on, and no less than what is promised. */
  forecast: Money;
  limit: Money;
  onExhausted: BudgetAction;
  /** The month, such as `2026-11`. */
  period: Scalars['String']['output'];
  /** Promised to machines, and owed for static IPs, those that are granted included, to the end of the month. */
  reserved: Money;
  spent: Money;
};

export type BudgetAction =
  /** No machine or static IP is ordered and no idle machine kept for another hour. A running job finishes. */
  | 'BLOCK_NEW_MACHINES'
  /** Orders go on; the timeline says that the budget is used up. */
  | 'WARN';

export type BudgetPayload = {
  __typename?: 'BudgetPayload';
  budget?: Maybe<Budget>;
  userErrors: Array<UserError>;
};

/** An hour counts where it begins. Net amounts, as on Hetzner's invoice. */
export type CostReport = {
  __typename?: 'CostReport';
  /** On every static IP, for as long as it was leased, one machine of the cheapest type that its pool lists, never off. */
  alwaysOnBaseline: Money;
  /** Which machines the baseline is made of. */
  baselineMachines: Array<BaselineMachine>;
  /** One of the machines or static IPs has an uncertain end, which may change the number of its hours. */
  estimated: Scalars['Boolean']['output'];
  machines: Money;
  /** In the organisation's time zone. */
  perDay: Array<DailyCost>;
  /** Baseline less total: below zero where sleeping cost more than it saved. */
  saved: Money;
  savedPercent: Scalars['Float']['output'];
  staticIps: Money;
  total: Money;
};

export type DailyCost = {
  __typename?: 'DailyCost';
  baseline: Money;
  cost: Money;
  date: Scalars['String']['output'];
};

/** Exact money: `amount` is a decimal string with up to 6 places, `currency` is ISO 4217. */
export type Money = {
  __typename?: 'Money';
  amount: Scalars['String']['output'];
  currency: Scalars['String']['output'];
};

export type MoneyInput = {
  amount: Scalars['String']['input'];
  currency: Scalars['String']['input'];
};

export type Mutation = {
  __typename?: 'Mutation';
  removeBudget: BudgetPayload;
  /** Of a pool, or of the whole organisation. Counts what the month has cost already. */
  setBudget: BudgetPayload;
};


export type MutationRemoveBudgetArgs = {
  poolId?: InputMaybe<Scalars['ID']['input']>;
};


export type MutationSetBudgetArgs = {
  limit: MoneyInput;
  onExhausted: BudgetAction;
  poolId?: InputMaybe<Scalars['ID']['input']>;
};

export type Organization = {
  __typename?: 'Organization';
  budget?: Maybe<Budget>;
  id: Scalars['ID']['output'];
};

export type Query = {
  __typename?: 'Query';
  costReport?: Maybe<CostReport>;
};


export type QueryCostReportArgs = {
  from: Scalars['DateTime']['input'];
  to: Scalars['DateTime']['input'];
};

export type Runner = {
  __typename?: 'Runner';
  costToDate?: Maybe<Money>;
  id: Scalars['ID']['output'];
};

export type RunnerPool = {
  __typename?: 'RunnerPool';
  budget?: Maybe<Budget>;
  /** Null while one of its prices is not known. */
  cost?: Maybe<CostReport>;
  id: Scalars['ID']['output'];
};


export type RunnerPoolCostArgs = {
  from: Scalars['DateTime']['input'];
  to: Scalars['DateTime']['input'];
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
  Organization: Organization;
  Runner: Runner;
  RunnerPool: RunnerPool;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Organization:
    ( { __typename: 'Organization' }
    & GraphQLRecursivePick<FederationTypes['Organization'], {"id":true}> );
  Runner:
    ( { __typename: 'Runner' }
    & GraphQLRecursivePick<FederationTypes['Runner'], {"id":true}> );
  RunnerPool:
    ( { __typename: 'RunnerPool' }
    & GraphQLRecursivePick<FederationTypes['RunnerPool'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  BaselineMachine: ResolverTypeWrapper<BaselineMachine>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Budget: ResolverTypeWrapper<Budget>;
  BudgetAction: BudgetAction;
  BudgetPayload: ResolverTypeWrapper<BudgetPayload>;
  CostReport: ResolverTypeWrapper<CostReport>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  DailyCost: ResolverTypeWrapper<DailyCost>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Money: ResolverTypeWrapper<Money>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Organization: ResolverTypeWrapper<Organization>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Runner: ResolverTypeWrapper<Runner>;
  RunnerPool: ResolverTypeWrapper<RunnerPool>;
  UserError: ResolverTypeWrapper<UserError>;
  UserErrorCode: UserErrorCode;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  BaselineMachine: BaselineMachine;
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  Budget: Budget;
  BudgetPayload: BudgetPayload;
  CostReport: CostReport;
  Boolean: Scalars['Boolean']['output'];
  Float: Scalars['Float']['output'];
  DailyCost: DailyCost;
  DateTime: Scalars['DateTime']['output'];
  Money: Money;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  ID: Scalars['ID']['output'];
  Organization: Organization | FederationReferenceTypes['Organization'];
  Query: Record<PropertyKey, never>;
  Runner: Runner | FederationReferenceTypes['Runner'];
  RunnerPool: RunnerPool | FederationReferenceTypes['RunnerPool'];
  UserError: UserError;
};

export type BaselineMachineResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['BaselineMachine'] = ResolversParentTypes['BaselineMachine']> = {
  hourly?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  location?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  places?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  serverType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type BudgetResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Budget'] = ResolversParentTypes['Budget']> = {
  forecast?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  limit?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  onExhausted?: Resolver<ResolversTypes['BudgetAction'], ParentType, ContextType>;
  period?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reserved?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  spent?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type BudgetPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['BudgetPayload'] = ResolversParentTypes['BudgetPayload']> = {
  budget?: Resolver<Maybe<ResolversTypes['Budget']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CostReportResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['CostReport'] = ResolversParentTypes['CostReport']> = {
  alwaysOnBaseline?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  baselineMachines?: Resolver<Array<ResolversTypes['BaselineMachine']>, ParentType, ContextType>;
  estimated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  machines?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  perDay?: Resolver<Array<ResolversTypes['DailyCost']>, ParentType, ContextType>;
  saved?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  savedPercent?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  staticIps?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type DailyCostResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['DailyCost'] = ResolversParentTypes['DailyCost']> = {
  baseline?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  cost?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  date?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type MoneyResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  removeBudget?: Resolver<ResolversTypes['BudgetPayload'], ParentType, ContextType, Partial<MutationRemoveBudgetArgs>>;
  setBudget?: Resolver<ResolversTypes['BudgetPayload'], ParentType, ContextType, RequireFields<MutationSetBudgetArgs, 'limit' | 'onExhausted'>>;
};

export type OrganizationResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Organization'] = ResolversParentTypes['Organization'], FederationReferenceType extends FederationReferenceTypes['Organization'] = FederationReferenceTypes['Organization']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Organization']> | FederationReferenceType, FederationReferenceType, ContextType>;
  budget?: Resolver<Maybe<ResolversTypes['Budget']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  costReport?: Resolver<Maybe<ResolversTypes['CostReport']>, ParentType, ContextType, RequireFields<QueryCostReportArgs, 'from' | 'to'>>;
};

export type RunnerResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Runner'] = ResolversParentTypes['Runner'], FederationReferenceType extends FederationReferenceTypes['Runner'] = FederationReferenceTypes['Runner']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Runner']> | FederationReferenceType, FederationReferenceType, ContextType>;
  costToDate?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type RunnerPoolResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['RunnerPool'] = ResolversParentTypes['RunnerPool'], FederationReferenceType extends FederationReferenceTypes['RunnerPool'] = FederationReferenceTypes['RunnerPool']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['RunnerPool']> | FederationReferenceType, FederationReferenceType, ContextType>;
  budget?: Resolver<Maybe<ResolversTypes['Budget']>, ParentType, ContextType>;
  cost?: Resolver<Maybe<ResolversTypes['CostReport']>, ParentType, ContextType, RequireFields<RunnerPoolCostArgs, 'from' | 'to'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
};

export type Resolvers<ContextType = SubgraphContext> = {
  BaselineMachine?: BaselineMachineResolvers<ContextType>;
  Budget?: BudgetResolvers<ContextType>;
  BudgetPayload?: BudgetPayloadResolvers<ContextType>;
  CostReport?: CostReportResolvers<ContextType>;
  DailyCost?: DailyCostResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Organization?: OrganizationResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Runner?: RunnerResolvers<ContextType>;
  RunnerPool?: RunnerPoolResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};

