/** What the API calls the roles. */
export type Role = 'OWNER' | 'OPERATOR' | 'VIEWER';

const RANK: Readonly<Record<Role, number>> = { VIEWER: 0, OPERATOR: 1, OWNER: 2 };

/** Whether a role may do what another one may: nobody is shown a button that would be refused. */
export const mayDo = (role: Role | undefined, least: Role): boolean =>
  role !== undefined && RANK[role] >= RANK[least];
