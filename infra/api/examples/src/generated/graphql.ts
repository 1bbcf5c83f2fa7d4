/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
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

export type FleetQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type FleetQuery = { readonly runners: { readonly changeCursor: string, readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly state: RunnerState, readonly stateReason: string | null, readonly pool: { readonly name: string }, readonly staticIp: { readonly address: string | null } | null, readonly firewall: { readonly protected: boolean } | null, readonly currentJob: { readonly name: string, readonly projectPath: string } | null, readonly costToDate: { readonly amount: string, readonly currency: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type WaitingJobsQueryVariables = Exact<{ [key: string]: never; }>;


export type WaitingJobsQuery = { readonly jobs: { readonly nodes: ReadonlyArray<{ readonly name: string, readonly projectPath: string, readonly queuedAt: string, readonly waitingCode: WaitingCode | null, readonly waitingBecause: string | null }> } | null };

export type RunnerChangesSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type RunnerChangesSubscription = { readonly runnerChanged: { readonly cursor: string, readonly from: RunnerState | null, readonly to: RunnerState, readonly at: string, readonly runner: { readonly id: string, readonly name: string, readonly state: RunnerState, readonly stateReason: string | null } } };

export type SeatFragment = { readonly id: string, readonly name: string, readonly state: RunnerState, readonly stateReason: string | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const SeatFragmentDoc = new TypedDocumentString(`
    fragment Seat on Runner {
  id
  name
  state
  stateReason
}
    `, {"fragmentName":"Seat"}) as unknown as TypedDocumentString<SeatFragment, unknown>;
export const FleetDocument = new TypedDocumentString(`
    query Fleet($after: Cursor) {
  runners(first: 50, after: $after) {
    nodes {
      ...Seat
      pool {
        name
      }
      staticIp {
        address
      }
      firewall {
        protected
      }
      currentJob {
        name
        projectPath
      }
      costToDate {
        amount
        currency
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    changeCursor
  }
}
    fragment Seat on Runner {
  id
  name
  state
  stateReason
}`, {"hash":"sha256:30b08908f8827f08503ff3da9acd921e26030ffdcfbba6a2ae5a0baa15812abe"}) as unknown as TypedDocumentString<FleetQuery, FleetQueryVariables>;
export const WaitingJobsDocument = new TypedDocumentString(`
    query WaitingJobs {
  jobs(first: 50, statuses: [QUEUED]) {
    nodes {
      name
      projectPath
      queuedAt
      waitingCode
      waitingBecause
    }
  }
}
    `, {"hash":"sha256:645fd66ef3a171959c3ca1df411e417dcfe2f603e43c00350863754ce895e3fe"}) as unknown as TypedDocumentString<WaitingJobsQuery, WaitingJobsQueryVariables>;
export const RunnerChangesDocument = new TypedDocumentString(`
    subscription RunnerChanges($after: Cursor) {
  runnerChanged(after: $after) {
    cursor
    from
    to
    at
    runner {
      ...Seat
    }
  }
}
    fragment Seat on Runner {
  id
  name
  state
  stateReason
}`, {"hash":"sha256:f25defa0f013c7041ce6d47913a50a4722df4733d729c9a651092ca531d3934e"}) as unknown as TypedDocumentString<RunnerChangesSubscription, RunnerChangesSubscriptionVariables>;