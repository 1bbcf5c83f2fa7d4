/* eslint-disable */
import * as types from './graphql.js';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "query Pools($after: Cursor, $from: DateTime!, $to: DateTime!) {\n  runnerPools(first: 100, after: $after) {\n    nodes {\n      id\n      name\n      size\n      serverTypes\n      locations\n      paused\n      deleting\n      stateCounts {\n        state\n        count\n      }\n      capacity {\n        wanted\n        queued\n        because\n      }\n      cost(from: $from, to: $to) {\n        total {\n          amount\n          currency\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    totalCount\n  }\n}\n\nquery Runners($after: Cursor) {\n  runners(first: 100, after: $after) {\n    nodes {\n      ...Seat\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    totalCount\n    changeCursor\n  }\n}\n\nfragment Seat on Runner {\n  id\n  name\n  state\n  stateSince\n  stateReason\n  retryAt\n  pool {\n    id\n  }\n}\n\nsubscription RunnerChanges($after: Cursor) {\n  runnerChanged(after: $after) {\n    cursor\n    runner {\n      ...Seat\n    }\n  }\n}\n\nquery WaitingJobs($after: Cursor) {\n  jobs(first: 100, after: $after, statuses: [QUEUED]) {\n    nodes {\n      id\n      name\n      projectPath\n      queuedAt\n      waitingBecause\n      nextTryAt\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    totalCount\n  }\n}\n\nsubscription JobChanges {\n  jobChanged {\n    cursor\n  }\n}": typeof types.PoolsDocument,
};
const documents: Documents = {
    "query Pools($after: Cursor, $from: DateTime!, $to: DateTime!) {\n  runnerPools(first: 100, after: $after) {\n    nodes {\n      id\n      name\n      size\n      serverTypes\n      locations\n      paused\n      deleting\n      stateCounts {\n        state\n        count\n      }\n      capacity {\n        wanted\n        queued\n        because\n      }\n      cost(from: $from, to: $to) {\n        total {\n          amount\n          currency\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    totalCount\n  }\n}\n\nquery Runners($after: Cursor) {\n  runners(first: 100, after: $after) {\n    nodes {\n      ...Seat\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    totalCount\n    changeCursor\n  }\n}\n\nfragment Seat on Runner {\n  id\n  name\n  state\n  stateSince\n  stateReason\n  retryAt\n  pool {\n    id\n  }\n}\n\nsubscription RunnerChanges($after: Cursor) {\n  runnerChanged(after: $after) {\n    cursor\n    runner {\n      ...Seat\n    }\n  }\n}\n\nquery WaitingJobs($after: Cursor) {\n  jobs(first: 100, after: $after, statuses: [QUEUED]) {\n    nodes {\n      id\n      name\n      projectPath\n      queuedAt\n      waitingBecause\n      nextTryAt\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    totalCount\n  }\n}\n\nsubscription JobChanges {\n  jobChanged {\n    cursor\n  }\n}": types.PoolsDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Pools($after: Cursor, $from: DateTime!, $to: DateTime!) {\n  runnerPools(first: 100, after: $after) {\n    nodes {\n      id\n      name\n      size\n      serverTypes\n      locations\n      paused\n      deleting\n      stateCounts {\n        state\n        count\n      }\n      capacity {\n        wanted\n        queued\n        because\n      }\n      cost(from: $from, to: $to) {\n        total {\n          amount\n          currency\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    totalCount\n  }\n}\n\nquery Runners($after: Cursor) {\n  runners(first: 100, after: $after) {\n    nodes {\n      ...Seat\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    totalCount\n    changeCursor\n  }\n}\n\nfragment Seat on Runner {\n  id\n  name\n  state\n  stateSince\n  stateReason\n  retryAt\n  pool {\n    id\n  }\n}\n\nsubscription RunnerChanges($after: Cursor) {\n  runnerChanged(after: $after) {\n    cursor\n    runner {\n      ...Seat\n    }\n  }\n}\n\nquery WaitingJobs($after: Cursor) {\n  jobs(first: 100, after: $after, statuses: [QUEUED]) {\n    nodes {\n      id\n      name\n      projectPath\n      queuedAt\n      waitingBecause\n      nextTryAt\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    totalCount\n  }\n}\n\nsubscription JobChanges {\n  jobChanged {\n    cursor\n  }\n}"): typeof import('./graphql.js').PoolsDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
