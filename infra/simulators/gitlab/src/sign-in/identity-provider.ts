import { randomBytes } from 'node:crypto';
import Provider from 'oidc-provider';
import type { Configuration, JWK } from 'oidc-provider';
import type { AccessToken, TokenBook } from '../access-tokens.js';
import type { World } from '../world.js';
import { clientOf } from './applications.js';
import { MemoryAdapter } from './memory-adapter.js';

/** Where a person is asked who they are. */
export const SIGN_IN = '/users/sign_in';
export const JWKS = '/oauth/discovery/keys';

const claims = {
  openid: ['sub', 'sub_legacy', 'groups_direct'],
  profile: ['name', 'nickname', 'preferred_username', 'profile', 'picture'],
  email: ['email', 'email_verified'],
};

/** GitLab as an OpenID provider: authorization code, with PKCE where the application can keep no secret. */
export const identityProvider = (world: World, tokens: TokenBook, key: JWK): Provider => {
  const provider = new Provider(world.url(), { ...settings(world, tokens), jwks: { keys: [key] } });
  // A browser on this machine speaks plain HTTP.
  provider.proxy = false;
  return provider;
};

const settings = (world: World, tokens: TokenBook): Configuration => ({
  adapter: (kind) => new MemoryAdapter((id) => (kind === 'Client' ? clientNamed(world, id) : undefined)),
  claims,
  scopes: ['openid', 'profile', 'email', 'read_user', 'read_api', 'api'],
  conformIdTokenClaims: false,
  cookies: { keys: [randomBytes(32).toString('hex')] },
  features: {
    devInteractions: { enabled: false },
    revocation: { enabled: true },
    introspection: { enabled: true },
  },
  findAccount: (_context, accountId) => {
    const user = tokens.users().find(({ userId }) => String(userId) === accountId);
    return user && { accountId, claims: () => claimsOf(world, user) };
  },
  interactions: { url: (_context, { uid }) => `${SIGN_IN}/${uid}` },
  // GitLab gives one to every application, whether it asks or not.
  issueRefreshToken: () => true,
  pkce: { required: (_context, client) => client.clientAuthMethod === 'none' },
  renderError: (context, { error, error_description: why }) => {
    context.type = 'text/plain';
    context.body = `${error}: ${why}\n`;
  },
  routes: {
    authorization: '/oauth/authorize',
    ...{ token: '/oauth/token', userinfo: '/oauth/userinfo', jwks: JWKS },
    ...{ introspection: '/oauth/introspect', revocation: '/oauth/revoke' },
  },
  ttl: {
    AccessToken: 7_200,
    RefreshToken: 86_400,
    IdToken: 120,
    AuthorizationCode: 600,
    Interaction: 600,
    Session: 86_400,
    Grant: 86_400,
  },
});

const clientNamed = ({ state }: World, id: string) => {
  const found = state.applications?.find(({ clientId }) => clientId === id);
  return found && clientOf(found);
};

const claimsOf = (world: World, { userId, username, groups }: AccessToken) => ({
  sub: String(userId),
  sub_legacy: String(userId),
  ...{ name: username, nickname: username, preferred_username: username },
  ...{ email: `${username}@example.test`, email_verified: true },
  ...{ profile: `${world.url()}/${username}`, picture: null },
  groups_direct: groups ?? world.state.groups.map(({ fullPath }) => fullPath),
});
