/* eslint-disable */
import * as types from './graphql.ts';



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
    "query Fleet($after: Cursor) {\n  runners(first: 50, after: $after) {\n    nodes {\n      ...Seat\n      pool {\n        name\n      }\n      staticIp {\n        address\n      }\n      firewall {\n        protected\n      }\n      currentJob {\n        name\n        projectPath\n      }\n      costToDate {\n        amount\n        currency\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    changeCursor\n  }\n}\n\nquery WaitingJobs {\n  jobs(first: 50, statuses: [QUEUED]) {\n    nodes {\n      name\n      projectPath\n      queuedAt\n      waitingCode\n      waitingBecause\n    }\n  }\n}\n\nsubscription RunnerChanges($after: Cursor) {\n  runnerChanged(after: $after) {\n    cursor\n    from\n    to\n    at\n    runner {\n      ...Seat\n    }\n  }\n}\n\nfragment Seat on Runner {\n  id\n  name\n  state\n  stateReason\n}": typeof types.FleetDocument,
};
const documents: Documents = {
    "query Fleet($after: Cursor) {\n  runners(first: 50, after: $after) {\n    nodes {\n      ...Seat\n      pool {\n        name\n      }\n      staticIp {\n        address\n      }\n      firewall {\n        protected\n      }\n      currentJob {\n        name\n        projectPath\n      }\n      costToDate {\n        amount\n        currency\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    changeCursor\n  }\n}\n\nquery WaitingJobs {\n  jobs(first: 50, statuses: [QUEUED]) {\n    nodes {\n      name\n      projectPath\n      queuedAt\n      waitingCode\n      waitingBecause\n    }\n  }\n}\n\nsubscription RunnerChanges($after: Cursor) {\n  runnerChanged(after: $after) {\n    cursor\n    from\n    to\n    at\n    runner {\n      ...Seat\n    }\n  }\n}\n\nfragment Seat on Runner {\n  id\n  name\n  state\n  stateReason\n}": types.FleetDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Fleet($after: Cursor) {\n  runners(first: 50, after: $after) {\n    nodes {\n      ...Seat\n      pool {\n        name\n      }\n      staticIp {\n        address\n      }\n      firewall {\n        protected\n      }\n      currentJob {\n        name\n        projectPath\n      }\n      costToDate {\n        amount\n        currency\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    changeCursor\n  }\n}\n\nquery WaitingJobs {\n  jobs(first: 50, statuses: [QUEUED]) {\n    nodes {\n      name\n      projectPath\n      queuedAt\n      waitingCode\n      waitingBecause\n    }\n  }\n}\n\nsubscription RunnerChanges($after: Cursor) {\n  runnerChanged(after: $after) {\n    cursor\n    from\n    to\n    at\n    runner {\n      ...Seat\n    }\n  }\n}\n\nfragment Seat on Runner {\n  id\n  name\n  state\n  stateReason\n}"): typeof import('./graphql.ts').FleetDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
