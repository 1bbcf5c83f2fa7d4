import type { SshKey } from '../state.js';
import { instant } from './instant.js';

/** An SSH key in its wire form. */
export const sshKeyBody = (key: SshKey): object => ({
  id: key.id,
  name: key.name,
  fingerprint: key.fingerprint,
  public_key: key.publicKey,
  labels: key.labels,
  created: instant(key.created),
});
