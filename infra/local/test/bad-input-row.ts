/** One bad call, and how it is refused. */
export interface Row {
  title: string;
  mutation: string;
  variables?: (ids: Ids) => Record<string, unknown>;
  /** `CODE path.to.field`, in order. */
  refusals: string[];
}

export interface Ids {
  pool: string;
  runner: string;
  hetznerProject: string;
  gitlab: string;
  policy: string;
  schedule: string;
  override: string;
  token: string;
}

export const UNKNOWN = '0'.repeat(26);

export const pool = (ids: Ids, change: Record<string, unknown> = {}) => ({
  name: 'second',
  hetznerProjectId: ids.hetznerProject,
  gitlabConnectionId: ids.gitlab,
  scope: { kind: 'PROJECT', fullPath: 'acme/web' },
  tags: ['docker'],
  serverTypes: ['cx23'],
  locations: ['fsn1'],
  size: 1,
  ...change,
});
const createPool = `mutation($input: CreateRunnerPoolInput!) { done: createRunnerPool(input: $input) { runnerPool { id } userErrors { code path } } }`;
export const createPoolWith = (
  title: string,
  change: Record<string, unknown>,
  ...refusals: string[]
): Row => ({
  title: `a pool with ${title}`,
  mutation: createPool,
  variables: (ids) => ({ input: pool(ids, change) }),
  refusals,
});
export const byId = (
  title: string,
  field: string,
  id: string | ((ids: Ids) => string),
  ...refusals: string[]
): Row => ({
  title,
  mutation: `mutation($id: ID!) { done: ${field} { userErrors { code path } } }`,
  variables: (ids) => ({ id: typeof id === 'string' ? id : id(ids) }),
  refusals,
});
export const policyWith = (title: string, rule: Record<string, unknown>, ...refusals: string[]): Row => ({
  title: `a firewall policy with ${title}`,
  mutation: `mutation($input: FirewallPolicyInput!) { done: createFirewallPolicy(input: $input) { userErrors { code path } } }`,
  variables: () => ({
    input: { name: 'bad', inbound: [{ protocol: 'TCP', ports: '8080', cidrs: ['203.0.113.0/24'], ...rule }] },
  }),
  refusals,
});
export const window = { days: ['MONDAY'], start: '08:00', end: '18:00', warm: 1 };
export const scheduleWith = (title: string, change: Record<string, unknown>, ...refusals: string[]): Row => ({
  title: `a schedule with ${title}`,
  mutation: `mutation($input: ScheduleInput!) { done: createSchedule(input: $input) { userErrors { code path } } }`,
  variables: () => ({ input: { name: 'bad', timeZone: 'Europe/Berlin', windows: [window], ...change } }),
  refusals,
});
/** A mutation with arguments of its own, written out. */
export const call = (
  title: string,
  field: string,
  ...refusals: string[]
): Row & { with: (variables: string, of: (ids: Ids) => Record<string, unknown>) => Row } => {
  const row = { title, mutation: `mutation { done: ${field} { userErrors { code path } } }`, refusals };
  return {
    ...row,
    with: (declared, variables) => ({
      title,
      mutation: `mutation(${declared}) { done: ${field} { userErrors { code path } } }`,
      variables,
      refusals,
    }),
  };
};
