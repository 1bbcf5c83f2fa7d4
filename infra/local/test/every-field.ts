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

const typesIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  const own = '__typename' in value ? [String(value.__typename)] : [];
  return [...own, ...Object.values(value).flatMap(typesIn)];
};

/** That no field is only promised. Leaves a schedule and a firewall policy behind in the installation that it is tried on. */
export const everyField = (running: () => TestInstallation) => () => {
  let installation: TestInstallation;
  let poolId: string;

  beforeAll(async () => {
    installation = running();
    const { createSchedule } = await installation.ask<{ createSchedule: { schedule: { id: string } } }>(
      `mutation { createSchedule(input: { name: "With all", timeZone: "Europe/Berlin",
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
         firewall: createFirewallPolicy(input: { name: "With all", inbound: [{ protocol: TCP, ports: "8080", cidrs: ["203.0.113.0/24"] }] }) {
           userErrors { code } }
         setBudget(poolId: $poolId, limit: { amount: "1000", currency: "EUR" }, onExhausted: WARN) { userErrors { code } } }`,
      { poolId },
    );
    await installation.gitlab.queueJobs({ seconds: 60 });
  });
  afterAll(() =>
    installation.ask('mutation($poolId: ID!) { removeBudget(poolId: $poolId) { userErrors { code } } }', {
      poolId,
    }),
  );

  it('is answered of every type that a query leads to', async () => {
    const all = [...ways()];
    expect(all.length).toBeGreaterThan(30);
    const lacking = new Set(all.map(([type]) => type.name));
    await eventually(
      async () => {
        for (const [type, way] of all.filter(([{ name }]) => lacking.has(name)))
          if (typesIn(await installation.ask(`{ ${questionFor(type, way)} }`)).includes(type.name))
            lacking.delete(type.name);
        expect([...lacking]).toEqual([]);
      },
      { within: 120_000 },
    );
  }, 180_000);
};
