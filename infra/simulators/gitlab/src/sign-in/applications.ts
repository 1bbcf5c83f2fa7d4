import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { World } from '../world.js';

/** An OAuth application, as an administrator of GitLab enters it. */
export const applicationSpec = z.object({
  name: z.string().min(1).default('an application'),
  /** Where people are sent back to; compared as it is. */
  redirectUris: z.array(z.url({ protocol: /^https?$/ })).min(1),
  scopes: z.array(z.string()).default(['openid', 'profile', 'email']),
  /** Whether it can keep a secret; without one it must use PKCE. @default true */
  confidential: z.boolean().default(true),
});

export interface Application extends z.output<typeof applicationSpec> {
  clientId: string;
  clientSecret: string;
}

/** Registers an application. Returns what is shown of it this once. */
export function addApplication(world: World, body: unknown): Pick<Application, 'clientId' | 'clientSecret'> {
  const [clientId, clientSecret] = [
    randomBytes(32).toString('hex'),
    `gloas-${randomBytes(32).toString('hex')}`,
  ];
  const application = { ...applicationSpec.parse(body), clientId, clientSecret };
  world.state.applications = [...(world.state.applications ?? []), application];
  world.changed();
  return { clientId, clientSecret };
}

/** An application in the words of OpenID Connect. */
export const clientOf = (application: Application): Record<string, unknown> => ({
  client_id: application.clientId,
  client_name: application.name,
  redirect_uris: application.redirectUris,
  scope: application.scopes.join(' '),
  response_types: ['code'],
  grant_types: ['authorization_code', 'refresh_token'],
  ...(application.confidential
    ? { client_secret: application.clientSecret, token_endpoint_auth_method: 'client_secret_basic' }
    : { token_endpoint_auth_method: 'none' }),
});
