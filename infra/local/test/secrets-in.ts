import type { InstallationState } from '../src/state-folder.js';

/** Tokens that GitLab made for its runners, tickets, credentials and identity tokens are known by their form only. */
const forms = [
  /\bgl(?:rt|cbt|pat|ptt|dt|agent|soat|ft)-[\w-]{8,}/,
  /\bcr_[\w-]{40,}/,
  /\bcrt_[\w-]{20,}/,
  /\bcrs_[\w-]{20,}/,
  /\bcmc\.mach_[\w.-]{20,}/,
  /whsec_[\w+/=]{8,}/,
  /-----BEGIN[A-Z ]* PRIVATE KEY/,
  // The private part of a key as JSON, also where JSON is within JSON.
  /\\?"d\\?"\s*:\s*\\?"[\w-]{40,}/,
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/,
  /\b[Bb]earer [\w.-]{20,}/,
  /\bpostgres(?:ql)?:\/\/[^\s:@/"]+:[^\s@"]+@/,
];

/**
 * Which secrets of an installation a text shows, in a form that shows them no more.
 *
 * @param others secrets that it was shown, beside its own
 */
export const secretsIn = (
  text: string,
  state: InstallationState,
  others: readonly string[] = [],
): string[] => [
  ...[...secretsOf(state), ...others]
    .filter((secret) => writings(secret).some((written) => text.includes(written)))
    .map((secret) => `${secret.slice(0, 6)}…`),
  ...forms.filter((form) => form.test(text)).map((form) => form.source),
];

/** A secret that was put into an address, a header or a dump of bytes is still one. */
const writings = (secret: string): string[] => {
  const bytes = Buffer.from(secret);
  const base64 = bytes.toString('base64').replace(/=+$/, '');
  return [secret, encodeURIComponent(secret), base64, bytes.toString('base64url'), bytes.toString('hex')];
};

const secretsOf = ({
  hetznerToken,
  gitlabToken,
  gatewayKey,
  ticketKey,
  masterKeys,
  recipientKeys,
  apiTokens,
  databasePasswords,
}: InstallationState): string[] => [
  hetznerToken,
  gitlabToken,
  gatewayKey,
  ticketKey,
  ...Object.values(masterKeys),
  ...Object.values(recipientKeys).map(({ privateKey }) => privateKey),
  ...Object.values(apiTokens),
  ...Object.values(databasePasswords),
];
