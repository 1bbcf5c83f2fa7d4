import { randomBytes } from 'node:crypto';
import { generateRecipientKeys, type RecipientKeys } from '@cleanroom/secrets';

/** Services that open what identity wraps for them. */
const recipients = ['provisioning', 'firewall', 'scheduling', 'billing'] as const;

/** Services that seal secrets of their own. */
const sealing = ['identity', 'provisioning', 'scheduling'] as const;

/** What an installation's services are given when it is made, and never again: lost keys cannot be made anew. */
export interface InstallationKeys {
  /** With it the gateway signs every call. */
  gatewayKey: string;
  /** Makes the tickets with which machines enrol. */
  ticketKey: string;
  masterKeys: Record<string, string>;
  recipientKeys: Record<string, RecipientKeys>;
}

/** Fresh keys, all of them in base64. */
export async function installationKeys(): Promise<InstallationKeys> {
  const pairs = await Promise.all(
    recipients.map(async (name) => [name, await generateRecipientKeys()] as const),
  );
  return {
    gatewayKey: key(),
    ticketKey: key(),
    masterKeys: Object.fromEntries(sealing.map((name) => [name, key()])),
    recipientKeys: Object.fromEntries(pairs),
  };
}

const key = (): string => randomBytes(32).toString('base64');
