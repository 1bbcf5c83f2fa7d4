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

export type PoolsQueryVariables = Exact<{
  after?: string | null | undefined;
  from: string;
  to: string;
}>;


export type PoolsQuery = { readonly runnerPools: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly size: number, readonly serverTypes: ReadonlyArray<string>, readonly locations: ReadonlyArray<string>, readonly paused: boolean, readonly deleting: boolean, readonly stateCounts: ReadonlyArray<{ readonly state: RunnerState, readonly count: number }>, readonly capacity: { readonly wanted: number, readonly queued: number, readonly because: string } | null, readonly cost: { readonly total: { readonly amount: string, readonly currency: string } } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type RunnersQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type RunnersQuery = { readonly runners: { readonly totalCount: number, readonly changeCursor: string, readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly state: RunnerState, readonly stateSince: string, readonly stateReason: string | null, readonly retryAt: string | null, readonly pool: { readonly id: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type SeatFragment = { readonly id: string, readonly name: string, readonly state: RunnerState, readonly stateSince: string, readonly stateReason: string | null, readonly retryAt: string | null, readonly pool: { readonly id: string } };

export type RunnerChangesSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type RunnerChangesSubscription = { readonly runnerChanged: { readonly cursor: string, readonly runner: { readonly id: string, readonly name: string, readonly state: RunnerState, readonly stateSince: string, readonly stateReason: string | null, readonly retryAt: string | null, readonly pool: { readonly id: string } } } };

export type WaitingJobsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type WaitingJobsQuery = { readonly jobs: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly projectPath: string, readonly queuedAt: string, readonly waitingBecause: string | null, readonly nextTryAt: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type JobChangesSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type JobChangesSubscription = { readonly jobChanged: { readonly cursor: string } };

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
  stateSince
  stateReason
  retryAt
  pool {
    id
  }
}
    `, {"fragmentName":"Seat"}) as unknown as TypedDocumentString<SeatFragment, unknown>;
export const PoolsDocument = new TypedDocumentString(`
    query Pools($after: Cursor, $from: DateTime!, $to: DateTime!) {
  runnerPools(first: 100, after: $after) {
    nodes {
      id
      name
      size
      serverTypes
      locations
      paused
      deleting
      stateCounts {
        state
        count
      }
      capacity {
        wanted
        queued
        because
      }
      cost(from: $from, to: $to) {
        total {
          amount
          currency
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount
  }
}
    `) as unknown as TypedDocumentString<PoolsQuery, PoolsQueryVariables>;
export const RunnersDocument = new TypedDocumentString(`
    query Runners($after: Cursor) {
  runners(first: 100, after: $after) {
    nodes {
      ...Seat
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount
    changeCursor
  }
}
    fragment Seat on Runner {
  id
  name
  state
  stateSince
  stateReason
  retryAt
  pool {
    id
  }
}`) as unknown as TypedDocumentString<RunnersQuery, RunnersQueryVariables>;
export const RunnerChangesDocument = new TypedDocumentString(`
    subscription RunnerChanges($after: Cursor) {
  runnerChanged(after: $after) {
    cursor
    runner {
      ...Seat
    }
  }
}
    fragment Seat on Runner {
  id
  name
  state
  stateSince
  stateReason
  retryAt
  pool {
    id
  }
}`) as unknown as TypedDocumentString<RunnerChangesSubscription, RunnerChangesSubscriptionVariables>;
export const WaitingJobsDocument = new TypedDocumentString(`
    query WaitingJobs($after: Cursor) {
  jobs(first: 100, after: $after, statuses: [QUEUED]) {
    nodes {
      id
      name
      projectPath
      queuedAt
      waitingBecause
      nextTryAt
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount
  }
}
    `) as unknown as TypedDocumentString<WaitingJobsQuery, WaitingJobsQueryVariables>;
export const JobChangesDocument = new TypedDocumentString(`
    subscription JobChanges {
  jobChanged {
    cursor
  }
}
    `) as unknown as TypedDocumentString<JobChangesSubscription, JobChangesSubscriptionVariables>;