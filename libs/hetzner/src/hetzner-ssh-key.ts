import { z } from 'zod';
import { hetznerInstant } from './hetzner-action.js';

/** A public key that Hetzner puts into new servers. Ours has no private half: it only keeps passwords from being made. */
export interface HetznerSshKey {
  readonly id: number;
  readonly name: string;
  readonly fingerprint: string;
  readonly publicKey: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly created: Date;
}

export const hetznerSshKey = z
  .object({
    id: z.int(),
    name: z.string(),
    fingerprint: z.string(),
    public_key: z.string(),
    labels: z.record(z.string(), z.string()),
    created: hetznerInstant,
  })
  .transform(({ public_key, ...same }): HetznerSshKey => ({ ...same, publicKey: public_key }));

export interface SshKeyOrder {
  /** Unique in the project. */
  readonly name: string;
  /** In OpenSSH's format; its fingerprint too is unique in the project. */
  readonly publicKey: string;
  readonly labels: Readonly<Record<string, string>>;
}
