import type { Installation } from './installation.js';

const IDS = `query Ids {
  viewer { organization { hetznerProjects { id } gitlabConnections { id } } }
  firewallPolicies(first: 1) { nodes { id } } }`;
const CREATE = `mutation($input: CreateRunnerPoolInput!) {
  createRunnerPool(input: $input) { runnerPool { id } userErrors { code message } } }`;
const ASSIGN = `mutation($policyId: ID!, $poolId: ID!) {
  assignFirewallPolicy(policyId: $policyId, poolId: $poolId) { userErrors { code } } }`;

interface Ids {
  readonly viewer: {
    readonly organization: Record<'hetznerProjects' | 'gitlabConnections', { id: string }[]>;
  };
  readonly firewallPolicies: { readonly nodes: { id: string }[] };
}

/** Makes a pool for jobs of one tag, in every way as the demo's but for schedule and size. Returns its id. */
export async function makePool({ ask }: Installation, tag: string, size: number): Promise<string> {
  const { viewer, firewallPolicies } = await ask<Ids>(IDS);
  const { hetznerProjects, gitlabConnections } = viewer.organization;
  const input = {
    name: tag,
    size,
    tags: [tag],
    hetznerProjectId: hetznerProjects[0]?.id,
    gitlabConnectionId: gitlabConnections[0]?.id,
    scope: { kind: 'GROUP', fullPath: 'acme' },
    serverTypes: ['cx23', 'cpx22'],
    locations: ['fsn1', 'nbg1', 'hel1'],
  };
  type Made = { createRunnerPool: { runnerPool: { id: string } | null; userErrors: { message: string }[] } };
  const { createRunnerPool } = await ask<Made>(CREATE, { input });
  const poolId = createRunnerPool.runnerPool?.id;
  if (!poolId) throw new Error(`no pool: ${createRunnerPool.userErrors.map((each) => each.message).join()}`);
  await ask(ASSIGN, { policyId: firewallPolicies.nodes[0]?.id, poolId });
  return poolId;
}
