import { mutations } from './api-schema.js';
import {
  call,
  createPoolWith,
  policyWith,
  scheduleWith,
  UNKNOWN,
  window,
  type Row,
} from './bad-input-row.js';

const LONG = 'x'.repeat(101);
const POLICY = `fwp_${UNKNOWN}`;
const SCHEDULE = `sch_${UNKNOWN}`;
const updatePool = (title: string, change: Record<string, unknown>, ...refusals: string[]): Row =>
  call(`a change of a pool to ${title}`, 'updateRunnerPool(input: $input)', ...refusals).with(
    '$input: UpdateRunnerPoolInput!',
    ({ pool }) => ({ input: { id: pool, ...change } }),
  );
const override = (title: string, change: Record<string, unknown>, ...refusals: string[]): Row =>
  call(
    `an override with ${title}`,
    'overrideSchedule(scheduleId: $schedule, from: $from, to: $to, warm: $warm, reason: $reason)',
    ...refusals,
  ).with(
    '$schedule: ID!, $from: DateTime!, $to: DateTime!, $warm: Int!, $reason: String!',
    ({ schedule }) => ({
      schedule,
      from: '2030-01-01T00:00:00Z',
      to: '2030-01-02T00:00:00Z',
      warm: 1,
      reason: 'launch',
      ...change,
    }),
  );

const pools: Row[] = [
  createPoolWith('no tags that takes tagged jobs only', { tags: [] }, 'INVALID input.tags'),
  createPoolWith('a comma in a tag', { tags: ['a,b'] }, 'INVALID input.tags.0'),
  createPoolWith('no server type', { serverTypes: [] }, 'INVALID input.serverTypes'),
  createPoolWith('a malformed image', { image: '../debian' }, 'INVALID input.image'),
  createPoolWith('an image that Hetzner has not', { image: 'debian-99' }, 'INVALID input.image'),
  createPoolWith('a machine age of a minute', { maxMachineAge: 'PT1M' }, 'INVALID input.maxMachineAge'),
  updatePool('an empty name', { name: '' }, 'INVALID input.name'),
  updatePool('a name of 101 characters', { name: LONG }, 'INVALID input.name'),
  updatePool('a malformed duration', { idleTimeout: '5m' }, 'INVALID input.idleTimeout'),
  updatePool('an unknown server type', { serverTypes: ['vax11'] }, 'INVALID input.serverTypes.0'),
  updatePool('one that nobody knows', { id: `pool_${UNKNOWN}`, name: 'x' }, 'NOT_FOUND input.id'),
  call('resizing an unknown pool', `resizeRunnerPool(id: "pool_${UNKNOWN}", size: 2)`, 'NOT_FOUND id'),
];

const connections: Row[] = [
  call('renaming an unknown project', `updateHetznerProject(id: "hp_${UNKNOWN}", name: "x")`, 'NOT_FOUND id'),
  call('renaming an unknown GitLab', `updateGitLab(id: "gl_${UNKNOWN}", name: "x")`, 'NOT_FOUND id'),
  call('disconnecting an unknown project', `disconnectHetznerProject(id: "hp_${UNKNOWN}")`, 'NOT_FOUND id'),
  call('disconnecting an unknown GitLab', 'disconnectGitLab(id: "gl_1")', 'NOT_FOUND id'),
  call('a project without a name', 'updateHetznerProject(id: $id, name: "")', 'INVALID name').with(
    '$id: ID!',
    ({ hetznerProject }) => ({ id: hetznerProject }),
  ),
  call('a GitLab with a long name', `updateGitLab(id: $id, name: "${LONG}")`, 'INVALID name').with(
    '$id: ID!',
    ({ gitlab }) => ({ id: gitlab }),
  ),
  call('a token without a name', 'createApiToken(name: " ", role: VIEWER)', 'INVALID name'),
  call('a token with a long name', `createApiToken(name: "${LONG}", role: VIEWER)`, 'INVALID name'),
  call(
    'a token that has ended before it begins',
    'createApiToken(name: "late", role: VIEWER, expiresAt: "2001-01-01T00:00:00Z")',
    'INVALID expiresAt',
  ),
  call(
    'a token that ends some day',
    'createApiToken(name: "x", role: VIEWER, expiresAt: "some day")',
    'INVALID expiresAt',
  ),
];

const policies: Row[] = [
  policyWith('an open range inbound', { ports: '1-65535' }, 'NOT_ALLOWED input.inbound.0.ports'),
  policyWith('a port above all', { ports: '65536' }, 'INVALID input.inbound.0.ports'),
  policyWith('a range that ends before it starts', { ports: '90-80' }, 'INVALID input.inbound.0.ports'),
  policyWith('words for ports', { ports: 'http' }, 'INVALID input.inbound.0.ports'),
  policyWith('no addresses', { cidrs: [] }, 'INVALID input.inbound.0.cidrs'),
  policyWith('ports of ICMP', { protocol: 'ICMP' }, 'INVALID input.inbound.0.ports'),
  call('a policy without a name', 'createFirewallPolicy(input: { name: "" })', 'INVALID input.name'),
  call('a policy with a long name', `createFirewallPolicy(input: { name: "${LONG}" })`, 'INVALID input.name'),
  call(
    'changing an unknown policy',
    `updateFirewallPolicy(id: "${POLICY}", input: { name: "x" })`,
    'NOT_FOUND id',
  ),
  call(
    'a policy that loses its name',
    'updateFirewallPolicy(id: $id, input: { name: "" })',
    'INVALID input.name',
  ).with('$id: ID!', ({ policy }) => ({ id: policy })),
  call(
    'assigning an unknown policy',
    `assignFirewallPolicy(policyId: "${POLICY}", poolId: $pool)`,
    'NOT_FOUND policyId',
  ).with('$pool: ID!', ({ pool }) => ({ pool })),
  call(
    'assigning a policy to an unknown pool',
    `assignFirewallPolicy(policyId: $policy, poolId: "pool_${UNKNOWN}")`,
    'NOT_FOUND poolId',
  ).with('$policy: ID!', ({ policy }) => ({ policy })),
  call(
    'taking an unknown policy from a pool',
    `unassignFirewallPolicy(policyId: "${POLICY}", poolId: $pool)`,
    'NOT_FOUND policyId',
  ).with('$pool: ID!', ({ pool }) => ({ pool })),
  call('deleting an unknown policy', `deleteFirewallPolicy(id: "${POLICY}")`, 'NOT_FOUND id'),
];

const schedules: Row[] = [
  scheduleWith('an empty name', { name: '' }, 'INVALID input.name'),
  scheduleWith('a long name', { name: LONG }, 'INVALID input.name'),
  scheduleWith(
    'windows that overlap',
    { windows: [window, { ...window, start: '17:59', end: '20:00' }] },
    'INVALID input.windows.1',
  ),
  scheduleWith(
    'a start of 25:00',
    { windows: [{ ...window, start: '25:00' }] },
    'INVALID input.windows.0.start',
  ),
  scheduleWith('a window on no day', { windows: [{ ...window, days: [] }] }, 'INVALID input.windows.0.days'),
  scheduleWith(
    'a holiday that is no date',
    { holidays: [{ date: '2027-02-29', name: 'x' }] },
    'INVALID input.holidays.0.date',
  ),
  call(
    'changing an unknown schedule',
    `updateSchedule(id: "${SCHEDULE}", input: { name: "x", timeZone: "UTC", windows: [] })`,
    'NOT_FOUND id',
  ),
  call(
    'a schedule that moves to Mars',
    'updateSchedule(id: $id, input: { name: "x", timeZone: "Mars/Olympus", windows: [] })',
    'INVALID input.timeZone',
  ).with('$id: ID!', ({ schedule }) => ({ id: schedule })),
  call(
    'assigning an unknown schedule',
    `assignSchedule(scheduleId: "${SCHEDULE}", poolId: $pool)`,
    'NOT_FOUND scheduleId',
  ).with('$pool: ID!', ({ pool }) => ({ pool })),
  call(
    'assigning a schedule to an unknown pool',
    `assignSchedule(poolId: "pool_${UNKNOWN}")`,
    'NOT_FOUND poolId',
  ),
  override('an end before its start', { to: '2029-12-31T00:00:00Z' }, 'INVALID to'),
  override('a negative number', { warm: -1 }, 'INVALID warm'),
  override('no reason', { reason: '' }, 'INVALID reason'),
  override('an unknown schedule', { schedule: SCHEDULE }, 'NOT_FOUND scheduleId'),
  call('removing an unknown override', 'removeOverride(id: "nonsense")', 'NOT_FOUND id'),
];

const money = (title: string, limit: Record<string, unknown>, ...refusals: string[]): Row =>
  call(`a budget of ${title}`, 'setBudget(limit: $limit, onExhausted: WARN)', ...refusals).with(
    '$limit: MoneyInput!',
    () => ({ limit: { amount: '10.00', currency: 'EUR', ...limit } }),
  );
const budgets: Row[] = [
  money('less than nothing', { amount: '-1.00' }, 'INVALID limit.amount'),
  money('no number', { amount: 'ten' }, 'INVALID limit.amount'),
  money('another currency', { currency: 'XAU' }, 'INVALID limit.currency'),
  call(
    'a budget of an unknown pool',
    `setBudget(poolId: "pool_${UNKNOWN}", limit: { amount: "1", currency: "EUR" }, onExhausted: WARN)`,
    'NOT_FOUND poolId',
  ),
  call(
    'removing the budget of an unknown pool',
    `removeBudget(poolId: "pool_${UNKNOWN}")`,
    'NOT_FOUND poolId',
  ),
];
/** Tried as soon as the API has budgets. */
const hasBudgets = mutations.some(({ name }) => name === 'setBudget');

/** What else a mutation can be told that is wrong, by subject. */
export const moreRows: Row[] = [
  ...pools,
  ...connections,
  ...policies,
  ...schedules,
  ...(hasBudgets ? budgets : []),
];
