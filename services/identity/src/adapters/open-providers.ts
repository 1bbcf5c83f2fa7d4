import { createGitLabClient } from '@cleanroom/gitlab';
import type { Clock } from '@cleanroom/kernel';
import type { Secret } from '@cleanroom/secrets';
import { guardedFetch, withCrashPoints } from '@cleanroom/service-kit';
import type { IdentityConfig } from '../config.js';
import type { GitLabCalls, HetznerProjectCalls, Providers } from '../ports.js';
import { GitLabTokenCalls } from './gitlab/gitlab-token-calls.js';
import { openHetzner } from './hetzner/open-hetzner.js';

/** Names under which a test can crash this service at an outside call. */
export const OUTSIDE = { hetzner: 'identity.hetzner', gitlab: 'identity.gitlab' } as const;

/** Tokens that were only tried would otherwise be remembered for ever. */
const MOST_CLIENTS = 1_000;

/** Opens Hetzner and GitLab at addresses that customers gave, past the guard against private ones. */
export class OpenProviders implements Providers {
  private readonly fetch: typeof fetch;
  private readonly allowed: ReadonlySet<string>;
  /** One client per project, because it paces itself by the project's rate limit; a new token makes a new one. */
  private readonly hetznerClients = new Map<string, HetznerProjectCalls>();

  constructor(
    private readonly config: IdentityConfig,
    private readonly clock: Clock,
  ) {
    this.fetch = guardedFetch({ allowedPrivateHosts: config.CLEANROOM_ALLOWED_PRIVATE_HOSTS });
    this.allowed = new Set(config.CLEANROOM_ALLOWED_PRIVATE_HOSTS);
  }

  hetzner(endpoint: string, token: Secret): HetznerProjectCalls {
    const { CLEANROOM_INSTALLATION: installation, CLEANROOM_CRASH_AT } = this.config;
    const options = { endpoint, token, installation, clock: this.clock, fetch: this.fetch };
    const key = `${endpoint} ${token.fingerprint()}`;
    const known = this.hetznerClients.get(key);
    if (known) return known;
    const calls = withCrashPoints(OUTSIDE.hetzner, openHetzner(options), CLEANROOM_CRASH_AT);
    const [oldest] = this.hetznerClients.keys();
    if (oldest !== undefined && this.hetznerClients.size >= MOST_CLIENTS) this.hetznerClients.delete(oldest);
    this.hetznerClients.set(key, calls);
    return calls;
  }

  gitlab(url: string, token: Secret): GitLabCalls {
    const client = createGitLabClient({ url, token: token.reveal(), fetch: this.fetch });
    return withCrashPoints(OUTSIDE.gitlab, new GitLabTokenCalls(client), this.config.CLEANROOM_CRASH_AT);
  }

  isAllowed(address: string): boolean {
    if (!URL.canParse(address)) return false;
    const { protocol, hostname, port } = new URL(address);
    // The operator names the port also where an address leaves it out.
    return this.allowed.has(`${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`);
  }
}
