import { z } from 'zod';
import { hetznerSshKey, type HetznerSshKey, type SshKeyOrder } from './hetzner-ssh-key.js';
import type { Requests } from './requests.js';

export interface SshKeyMethods {
  /** `name-taken` where the name, or the key itself, is known to the project. */
  createSshKey(order: SshKeyOrder): Promise<HetznerSshKey>;
  findSshKeyByName(name: string): Promise<HetznerSshKey | undefined>;
  /** Replaces all labels. */
  updateSshKeyLabels(id: number, labels: Readonly<Record<string, string>>): Promise<HetznerSshKey>;
  deleteSshKey(id: number): Promise<void>;
}

const answer = z.object({ ssh_key: hetznerSshKey });

export const sshKeyMethods = (requests: Requests): SshKeyMethods => ({
  createSshKey: async ({ name, publicKey, labels }) => {
    const body = { name, public_key: publicKey, labels };
    return (await requests.one('createSshKey', answer, { body })).ssh_key;
  },
  findSshKeyByName: async (name) =>
    (await requests.all('findSshKeyByName', 'ssh_keys', hetznerSshKey, { query: { name } }))[0],
  updateSshKeyLabels: async (id, labels) =>
    (await requests.one('updateSshKeyLabels', answer, { id, body: { labels } })).ssh_key,
  deleteSshKey: (id) => requests.none('deleteSshKey', { id }),
});
