import { getNamedType, isObjectType, type GraphQLField, type GraphQLObjectType } from 'graphql';
import pg from 'pg';
import { publicSchema } from './api-schema.js';
import { eventually } from './eventually.js';
import type { TestInstallation } from './installation.js';
import { adminUrl } from './state-digest.js';

/** What changes by itself while machines come and go, and what is only a view of something listed elsewhere. */
const RESTLESS = /^(Runner|Machine|Job|CapacityDecision|PageInfo|RunnerFirewall|WorkloadIdentity|StaticIp)$/;
const RESTLESS_FIELDS = new Set([
  'lastCheckedAt',
  'lastUsedAt',
  'status',
  'driftedAt',
  'stateCounts',
  'next',
  'cost',
  'spent',
  'reserved',
  'forecast',
]);
const DEEPEST = 3;

const isTold = (field: GraphQLField<unknown, unknown>): boolean =>
  !RESTLESS_FIELDS.has(field.name) &&
  field.args.length === 0 &&
  !RESTLESS.test(getNamedType(field.type).name);

/** Everything of a type that only a mutation changes. */
function selectionOf(type: GraphQLObjectType, above: string[]): string {
  const told = Object.values(type.getFields()).filter(isTold);
  const parts = told.map((field) => {
    const below = getNamedType(field.type);
    if (!isObjectType(below)) return field.name;
    if (above.includes(below.name) || above.length >= DEEPEST) return '';
    const selection = selectionOf(below, [...above, below.name]);
    return selection && `${field.name} { ${selection} }`;
  });
  return parts.filter(Boolean).join(' ');
}

const nodesOf = (list: string, type: string): string => {
  const named = publicSchema.getType(type);
  return isObjectType(named) ? `${list}(first: 10) { nodes { ${selectionOf(named, [type])} } }` : '';
};

const QUERIES = [
  `{ viewer { ${selectionOf(publicSchema.getType('Viewer') as GraphQLObjectType, ['Viewer'])} } }`,
  `{ ${nodesOf('runnerPools', 'RunnerPool')} }`,
  `{ ${nodesOf('firewallPolicies', 'FirewallPolicy')} }`,
  `{ ${nodesOf('schedules', 'Schedule')} }`,
  '{ runners(first: 100) { totalCount nodes { id name } } }',
];

/**
 * The whole state of an organisation that a mutation could change: two of them are equal if nothing was changed. A part
 * that a busy machine has not read in time is asked for again.
 */
export const stateOf = async (installation: TestInstallation): Promise<object[]> => [
  ...(await Promise.all(QUERIES.map((query) => eventually(() => installation.ask<object>(query))))),
  ...(await wishesFor(installation)),
];

/** What people have asked of each runner: its state moves by itself, these do not. */
async function wishesFor({ system }: TestInstallation): Promise<object[]> {
  const client = new pg.Client({ connectionString: adminUrl(system, 'provisioning') });
  await client.connect();
  try {
    const wishes = 'SELECT id, pinned_until, draining, retiring FROM runner ORDER BY id';
    return (await client.query<object>(wishes)).rows;
  } finally {
    await client.end();
  }
}
