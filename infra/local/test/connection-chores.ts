import type { Chore } from './chore.js';
import type { TestInstallation } from './installation.js';

/** Connected, disconnected, and found with a mark that an earlier try left behind. */
export const connectAnotherProject: Chore = async ({ ask, demo, hetzner, system }, _, turn) => {
  const token = String(turn).padStart(64, 'a');
  await hetzner.call('PUT', 'tokens', { [token]: `side-${turn}` });
  if (turn % 2 === 0)
    await leaveMark(demo.hetznerUrl, token, await marksOf(ask, system.folder.state.installation));
  const input = { name: `side ${turn}`, apiToken: token, endpoint: demo.hetznerUrl };
  const connect = `mutation($input: ConnectHetznerProjectInput!) {
    connectHetznerProject(input: $input) { hetznerProject { id } userErrors { code } } }`;
  const { connectHetznerProject } = await ask<{
    connectHetznerProject: { hetznerProject: { id: string } | null };
  }>(connect, { input });
  const id = connectHetznerProject.hetznerProject?.id;
  if (id)
    await ask(`mutation($id: ID!) { disconnectHetznerProject(id: $id) { userErrors { code } } }`, { id });
};

export const connectGitLab: Chore = async ({ ask, demo }, _, turn) => {
  const input = { name: `side ${turn}`, url: demo.gitlabUrl, accessToken: demo.gitlabToken };
  await ask(
    `mutation($input: ConnectGitLabInput!) { connectGitLab(input: $input) { userErrors { code } } }`,
    { input },
  );
};

const marksOf = async (
  ask: TestInstallation['ask'],
  installation: string,
): Promise<Record<string, string>> => {
  const { viewer } = await ask<{ viewer: { organization: { id: string } } }>(
    `{ viewer { organization { id } } }`,
  );
  return {
    'cleanroom-installation': installation,
    'cleanroom-organization': viewer.organization.id,
    'cleanroom-hetzner-project': 'hp_00000000000000000000000000',
  };
};

async function leaveMark(hetznerUrl: string, token: string, labels: Record<string, string>): Promise<void> {
  await fetch(`${hetznerUrl}/ssh_keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'cleanroom', public_key: `ssh-ed25519 ${'A'.repeat(68)} left`, labels }),
  });
}
