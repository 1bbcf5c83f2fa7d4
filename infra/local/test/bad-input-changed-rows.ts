import { call, createPoolWith, policyWith, scheduleWith, window, type Row } from './bad-input-row.js';

const LONG = 'x'.repeat(101);
const rule = { protocol: 'TCP', ports: '8080', cidrs: ['203.0.113.0/24'] };

/** What may not be made may not be changed to either. */
const changedPolicy = (title: string, input: Record<string, unknown>, ...refusals: string[]): Row =>
  call(
    `a firewall policy that gets ${title}`,
    'updateFirewallPolicy(id: $id, input: $input)',
    ...refusals,
  ).with('$id: ID!, $input: FirewallPolicyInput!', ({ policy }) => ({
    id: policy,
    input: { name: 'Web only', ...input },
  }));
const changedSchedule = (title: string, input: Record<string, unknown>, ...refusals: string[]): Row =>
  call(`a schedule that gets ${title}`, 'updateSchedule(id: $id, input: $input)', ...refusals).with(
    '$id: ID!, $input: ScheduleInput!',
    ({ schedule }) => ({
      id: schedule,
      input: { name: 'bad', timeZone: 'Europe/Berlin', windows: [window], ...input },
    }),
  );
const changedPool = (title: string, change: Record<string, unknown>, ...refusals: string[]): Row =>
  call(`a pool that gets ${title}`, 'updateRunnerPool(input: $input)', ...refusals).with(
    '$input: UpdateRunnerPoolInput!',
    ({ pool }) => ({ input: { id: pool, ...change } }),
  );
const connection = (
  title: string,
  field: string,
  input: Record<string, unknown>,
  ...refusals: string[]
): Row =>
  call(title, `${field}(input: $input)`, ...refusals).with(
    `$input: C${field.slice(1)}Input!`,
    // Addresses and endpoints of the simulators are filled in by who tries it.
    () => ({ input }),
  );
const poolBudget = (title: string, limit: Record<string, unknown>, ...refusals: string[]): Row =>
  call(
    `a pool's budget of ${title}`,
    'setBudget(poolId: $pool, limit: $limit, onExhausted: BLOCK_NEW_MACHINES)',
    ...refusals,
  ).with('$pool: ID!, $limit: MoneyInput!', ({ pool }) => ({
    pool,
    limit: { amount: '10.00', currency: 'EUR', ...limit },
  }));

const policies: Row[] = [
  changedPolicy(
    'port 22 open inbound',
    { inbound: [{ ...rule, ports: '22' }] },
    'NOT_ALLOWED input.inbound.0.ports',
  ),
  changedPolicy(
    'a range around port 22',
    { inbound: [{ ...rule, ports: '20-30' }] },
    'NOT_ALLOWED input.inbound.0.ports',
  ),
  changedPolicy(
    'everybody let in',
    { inbound: [{ ...rule, cidrs: ['::/0'] }] },
    'NOT_ALLOWED input.inbound.0.cidrs.0',
  ),
  changedPolicy(
    'an open range',
    { inbound: [{ ...rule, ports: '1-65535' }] },
    'NOT_ALLOWED input.inbound.0.ports',
  ),
  changedPolicy(
    'a malformed CIDR',
    { inbound: [{ ...rule, cidrs: ['10.0.0.0/99'] }] },
    'INVALID input.inbound.0.cidrs.0',
  ),
  changedPolicy(
    'a malformed CIDR outbound',
    { outbound: [{ ...rule, cidrs: ['here'] }] },
    'INVALID input.outbound.0.cidrs.0',
  ),
  changedPolicy(
    'a malformed port outbound',
    { outbound: [{ ...rule, ports: '0' }] },
    'INVALID input.outbound.0.ports',
  ),
  changedPolicy('a long name', { name: LONG }, 'INVALID input.name'),
  policyWith('a range around port 22', { ports: '20-30' }, 'NOT_ALLOWED input.inbound.0.ports'),
  policyWith(
    'everybody let in in halves',
    { cidrs: ['0.0.0.0/1', '128.0.0.0/1'] },
    'NOT_ALLOWED input.inbound.0.cidrs.0',
    'NOT_ALLOWED input.inbound.0.cidrs.1',
  ),
];

const schedules: Row[] = [
  changedSchedule(
    'a window that ends before it starts',
    { windows: [{ ...window, end: '07:00' }] },
    'INVALID input.windows.0.end',
  ),
  changedSchedule(
    'windows that overlap',
    { windows: [window, { ...window, start: '17:59', end: '20:00' }] },
    'INVALID input.windows.1',
  ),
  changedSchedule('an empty name', { name: ' ' }, 'INVALID input.name'),
  changedSchedule('a long name', { name: LONG }, 'INVALID input.name'),
  changedSchedule('the holidays of nowhere', { holidayCountry: 'XX' }, 'INVALID input.holidayCountry'),
  scheduleWith('the holidays of nowhere', { holidayCountry: 'XX' }, 'INVALID input.holidayCountry'),
  scheduleWith('an offset for a time zone', { timeZone: '+01:00' }, 'INVALID input.timeZone'),
  call(
    'an override with a reason of 201 characters',
    `overrideSchedule(scheduleId: $id, from: "2030-01-01T00:00:00Z", to: "2030-01-02T00:00:00Z", warm: 1, reason: "${LONG}${LONG}")`,
    'INVALID reason',
  ).with('$id: ID!', ({ schedule }) => ({ id: schedule })),
];

const pools: Row[] = [
  createPoolWith('a malformed machine age', { maxMachineAge: 'a day' }, 'INVALID input.maxMachineAge'),
  changedPool('a malformed machine age', { maxMachineAge: 'P' }, 'INVALID input.maxMachineAge'),
  changedPool('an unknown location', { locations: ['atlantis'] }, 'INVALID input.locations.0'),
  changedPool('an image that Hetzner has not', { image: 'debian-99' }, 'INVALID input.image'),
  changedPool('a comma in a tag', { tags: ['a,b'] }, 'INVALID input.tags.0'),
  call('a pool that shall have 501 runners', 'resizeRunnerPool(id: $id, size: 501)', 'INVALID size').with(
    '$id: ID!',
    ({ pool }) => ({ id: pool }),
  ),
];

const connections: Row[] = [
  connection(
    'a Hetzner project with an empty name',
    'connectHetznerProject',
    { name: ' ', apiToken: 'x'.repeat(64) },
    'INVALID input.name',
  ),
  connection(
    'a Hetzner project with a long name',
    'connectHetznerProject',
    { name: LONG, apiToken: 'x'.repeat(64) },
    'INVALID input.name',
  ),
  connection(
    'a GitLab with an empty name',
    'connectGitLab',
    { name: '', accessToken: 'glpat-wrong' },
    'INVALID input.name',
  ),
  connection(
    'a new GitLab with a long name',
    'connectGitLab',
    { name: LONG, accessToken: 'glpat-wrong' },
    'INVALID input.name',
  ),
  call(
    'a Hetzner project that gets a long name',
    `updateHetznerProject(id: $id, name: "${LONG}")`,
    'INVALID name',
  ).with('$id: ID!', ({ hetznerProject }) => ({ id: hetznerProject })),
  call('a GitLab that gets an empty name', 'updateGitLab(id: $id, name: "")', 'INVALID name').with(
    '$id: ID!',
    ({ gitlab }) => ({ id: gitlab }),
  ),
];

const budgets: Row[] = [
  poolBudget('less than nothing', { amount: '-0.01' }, 'INVALID limit.amount'),
  poolBudget('another currency', { currency: 'USD' }, 'INVALID limit.currency'),
  poolBudget('a millionth of a millionth', { amount: '0.0000001' }, 'INVALID limit.amount'),
];

/** The same mistakes on the other way into each subject, and those of ranges that are only almost right. */
export const changedRows: Row[] = [...policies, ...schedules, ...pools, ...connections, ...budgets];
