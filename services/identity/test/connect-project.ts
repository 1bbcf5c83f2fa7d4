import type { IdentityWorld } from './identity-world.js';

const CONNECT = `mutation($input: ConnectHetznerProjectInput!) { payload: connectHetznerProject(input: $input) {
  hetznerProject { id } userErrors { code } } }`;

/** Connects a project of the simulated Hetzner; returns its id with us. */
export async function connectProject(
  world: IdentityWorld,
  organizationId: string,
  apiToken: string,
): Promise<string> {
  const input = { name: 'Builds', apiToken, endpoint: world.hetzner.endpoint };
  const { data } = await world.ask(world.caller(organizationId), CONNECT, { input });
  const { payload } = data as unknown as { payload: { hetznerProject: { id: string } | null } };
  if (!payload.hetznerProject) throw new Error(`refused: ${JSON.stringify(payload)}`);
  return payload.hetznerProject.id;
}
