import { getNamedType, isObjectType, type GraphQLField, type GraphQLObjectType } from 'graphql';
import { publicSchema } from './api-schema.js';
import { argumentsOf, isDemanded } from './api-values.js';
import { eventually } from './eventually.js';
import type { TestInstallation } from './installation.js';

type Field = GraphQLField<unknown, unknown>;

/** Arguments are those of a test that wants one of each; here as many as there may be. */
const called = (field: Field): string =>
  `${field.name}${argumentsOf(field).replace('first: 1', 'first: 20')}`;
const objectOf = ({ type }: Field): GraphQLObjectType | undefined => {
  const named = getNamedType(type);
  return isObjectType(named) ? named : undefined;
};
/** By an id that somebody has to know first; the matrix asks for those. */
const isById = ({ args }: Field): boolean =>
  args.some((arg) => isDemanded(arg) && getNamedType(arg.type).name === 'ID');

/** The shortest way from a query to each type that any leads to, as the fields on it. */
function ways(): Map<GraphQLObjectType, string[]> {
  const query = publicSchema.getQueryType()!;
  const found = new Map<GraphQLObjectType, string[]>([[query, []]]);
  for (const [type, way] of found)
    for (const field of Object.values(type.getFields()).filter((one) => !isById(one))) {
      const below = objectOf(field);
      if (below && !found.has(below)) found.set(below, [...way, called(field)]);
    }
  return found;
}

/** Asks for each field of a type, and of those that are objects what they are. */
function questionFor(type: GraphQLObjectType, way: readonly string[]): string {
  const fields = Object.values(type.getFields()).filter((field) => !isById(field));
  const selection = fields.map((field) => `${called(field)}${objectOf(field) ? ' { __typename }' : ''}`);
  return [...way, `__typename ${selection.join(' ')}`].reduceRight((below, field) => `${field} { ${below} }`);
}

/** Filled in trouble, or after an hour, alone: the specs of their services and of a runner's life see them so. */
const LATER = [
  'FirewallPolicy.driftedAt',
  'Job.nextTryAt',
  'Machine.deletedAt',
  'Runner.retryAt',
  'Runner.stateReason',
];

const fieldsOf = (type: GraphQLObjectType): string[] =>
  Object.values(type.getFields())
    .filter((field) => !isById(field))
    .map(({ name }) => `${type.name}.${name}`)
    .filter((field) => !LATER.includes(field));

/** The fields of the public API that hold something in an answer, as `Type.field`. */
const filledIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.values(value).flatMap(filledIn);
  if (!('__typename' in value)) return below;
  const isFilled = ([, held]: [string, unknown]) =>
    held !== null && !(Array.isArray(held) && held.length === 0);
  const own = Object.entries(value).filter(isFilled);
  return [...own.map(([field]) => `${String(value.__typename)}.${field}`), ...below];
};

/** That no field is only promised. Leaves an API token, a schedule and a firewall policy behind in the installation that it is tried on. */
export const everyField = (running: () => TestInstallation) => () => {
  let installation: TestInstallation;
  let poolId: string;

  beforeAll(async () => {
    installation = running();
    const { createSchedule } = await installation.ask<{ createSchedule: { schedule: { id: string } } }>(
      `mutation { createSchedule(input: { name: "With all", timeZone: "Europe/Berlin", holidayCountry: "DE",
         windows: [{ days: [MONDAY], start: "08:00", end: "18:00", warm: 1 }], holidays: [{ date: "2030-01-01", name: "Feast" }] }) {
         schedule { id } } }`,
    );
    await installation.ask(
      `mutation($id: ID!) { overrideSchedule(scheduleId: $id, from: "2030-01-01T00:00:00Z", to: "2030-01-02T00:00:00Z",
         warm: 1, reason: "launch") { userErrors { code } } }`,
      { id: createSchedule.schedule.id },
    );
    const { runnerPools } = await installation.ask<{ runnerPools: { nodes: { id: string }[] } }>(
      '{ runnerPools(first: 1) { nodes { id } } }',
    );
    poolId = String(runnerPools.nodes[0]?.id);
    await installation.ask(
      `mutation($poolId: ID!) {
         firewall: createFirewallPolicy(input: { name: "With all", inbound: [{ protocol: TCP, ports: "8080", cidrs: ["203.0.113.0/24"], description: "preview" }] }) {
           userErrors { code } }
         createApiToken(name: "With all", role: VIEWER, expiresAt: "2030-01-01T00:00:00Z") { userErrors { code } }
         ofPool: setBudget(poolId: $poolId, limit: { amount: "1000", currency: "EUR" }, onExhausted: WARN) { userErrors { code } }
         ofAll: setBudget(limit: { amount: "1000", currency: "EUR" }, onExhausted: WARN) { userErrors { code } } }`,
      { poolId },
    );
    await installation.gitlab.queueJobs({ seconds: 300 });
    // No pool takes it, so that it waits, and is told why.
    await installation.gitlab.queueJobs({ tags: ['nobody'] });
  });
  afterAll(() =>
    installation.ask(
      `mutation($poolId: ID!) { ofPool: removeBudget(poolId: $poolId) { userErrors { code } }
         ofAll: removeBudget { userErrors { code } } }`,
      { poolId },
    ),
  );

  it('holds something in the one place or the other', async () => {
    const all = [...ways()];
    expect(all.length).toBeGreaterThan(30);
    const lacking = new Map(all.map(([type]) => [type, new Set(fieldsOf(type))]));
    await eventually(
      async () => {
        for (const [type, way] of all.filter(([one]) => lacking.get(one)!.size > 0)) {
          const filled = filledIn(await installation.ask(`{ ${questionFor(type, way)} }`));
          for (const field of filled) lacking.get(type)!.delete(field);
        }
        expect([...lacking.values()].flatMap((fields) => [...fields])).toEqual([]);
      },
      { within: 120_000 },
    );
  }, 180_000);
};
