import { z } from 'zod';
import { hashOf } from './world.js';

const roles = ['guest', 'developer', 'maintainer', 'owner', 'admin'] as const;

export type GitLabRole = (typeof roles)[number];

/** What a personal or group access token is and may do. */
export const accessTokenSpec = z.object({
  /** Such as `api`, `read_api`, `create_runner`, `manage_runner`, `read_user`. */
  scopes: z.array(z.string()).min(1),
  /** Of its user in every group that it sees. @default owner */
  role: z.enum(roles).default('owner'),
  /** Full paths of the groups whose content it sees. @default all */
  groups: z.array(z.string()).optional(),
  /** Username. @default the role */
  user: z.string().optional(),
  /** A revoked one is answered 401. @default false */
  revoked: z.boolean().default(false),
});

export const accessTokens = z.record(z.string().min(1), accessTokenSpec);

export type AccessTokens = z.input<typeof accessTokens>;

export interface AccessToken extends z.output<typeof accessTokenSpec> {
  readonly id: number;
  readonly userId: number;
  readonly username: string;
}

/** The tokens that this GitLab accepts, findable by their hash only. */
export class TokenBook {
  private readonly byHash = new Map<string, AccessToken>();
  private lastId = 0;

  constructor(tokens: AccessTokens) {
    this.accept(tokens);
  }

  /** Accepts these too; one that is known already gets its new rights. */
  accept(tokens: AccessTokens): void {
    for (const [token, spec] of Object.entries(accessTokens.parse(tokens))) {
      const id = this.byHash.get(hashOf(token))?.id ?? (this.lastId += 1);
      this.byHash.set(hashOf(token), { ...spec, id, userId: id, username: spec.user ?? spec.role });
    }
  }

  /** Accepts it no longer. */
  revoke(token: string): void {
    const known = this.byHash.get(hashOf(token));
    if (known) this.byHash.set(hashOf(token), { ...known, revoked: true });
  }

  /** The groups that they see are called otherwise now. */
  follow(moved: (fullPath: string) => string): void {
    for (const [hash, known] of this.byHash)
      if (known.groups) this.byHash.set(hash, { ...known, groups: known.groups.map(moved) });
  }

  /** Who could sign in: the owners of tokens, each once. */
  users = (): AccessToken[] =>
    [
      ...new Map([...this.byHash.values()].reverse().map((token) => [token.username, token])).values(),
    ].reverse();

  wasRevoked = (token: string): boolean => this.byHash.get(hashOf(token))?.revoked ?? false;

  find(token: string): AccessToken | undefined {
    const found = this.byHash.get(hashOf(token));
    return found?.revoked ? undefined : found;
  }
}

export const hasRole = (caller: AccessToken, least: GitLabRole): boolean =>
  roles.indexOf(caller.role) >= roles.indexOf(least);
