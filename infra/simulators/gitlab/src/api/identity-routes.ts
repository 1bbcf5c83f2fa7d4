import type { AccessToken } from '../access-tokens.js';
import type { UserRoute } from '../wire/route.js';
import type { World } from '../world.js';

/** GitLab's version that the simulator claims to be. */
export const VERSION = '19.1.0';

/** Who am I, what may I do, and whom am I talking to. */
export const identityRoutes = (world: World): UserRoute[] => [
  {
    operation: 'get_version',
    method: 'GET',
    url: '/version',
    scopes: ['read_api', 'read_user'],
    handle: () => ({ status: 200, body: { version: VERSION, revision: '5f3b0c1e2d4' } }),
  },
  {
    operation: 'get_user',
    method: 'GET',
    url: '/user',
    scopes: ['read_api', 'read_user'],
    handle: (_request, caller) => ({ status: 200, body: userEntity(world, caller) }),
  },
  {
    operation: 'get_self',
    method: 'GET',
    url: '/personal_access_tokens/self',
    scopes: 'any',
    handle: (_request, caller) => ({ status: 200, body: tokenEntity(caller) }),
  },
];

const userEntity = (world: World, { userId, username, role }: AccessToken) => ({
  id: userId,
  username,
  name: username,
  state: 'active',
  locked: false,
  web_url: `${world.url()}/${username}`,
  avatar_url: null,
  email: `${username}@example.test`,
  is_admin: role === 'admin',
  created_at: '2024-01-01T00:00:00.000Z',
});

const tokenEntity = ({ id, scopes, userId }: AccessToken) => ({
  id,
  name: `token ${id}`,
  description: null,
  revoked: false,
  active: true,
  created_at: '2024-01-01T00:00:00.000Z',
  last_used_at: null,
  expires_at: null,
  scopes,
  user_id: userId,
});
