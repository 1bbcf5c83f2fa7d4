import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';
import type { TokenBook } from '../access-tokens.js';
import { privateJwk } from '../id-tokens.js';
import type { World } from '../world.js';
import { SIGN_IN } from './identity-provider.js';

type Provided = () => Promise<Provider>;

/** What a browser and an application use to sign a person in. The provider comes to be with the first who asks. */
export function serveSignIn(app: FastifyInstance, world: World, tokens: TokenBook): void {
  let made: Promise<Provider> | undefined;
  const provider: Provided = () => (made ??= makeProvider(world, tokens));
  // The provider's library reads bodies itself.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  for (const path of ['authorize', 'authorize/:uid', 'token', 'userinfo', 'introspect', 'revoke'])
    app.all(`/oauth/${path}`, async (request, reply) => {
      const answer = (await provider()).callback();
      reply.hijack();
      await answer(request.raw, reply.raw);
    });
  app.get(`${SIGN_IN}/:uid`, (_request, reply) => reply.type('text/html').send(page(tokens)));
  app.post(`${SIGN_IN}/:uid`, async (request, reply) => signIn(await provider(), tokens, request, reply));
}

async function makeProvider(world: World, tokens: TokenBook): Promise<Provider> {
  // Loaded late: most who start the simulator never sign in.
  const { identityProvider } = await import('./identity-provider.js');
  return identityProvider(world, tokens, await privateJwk(world));
}

/** Who is at the browser says who they are; nobody here has a password. */
const page = (tokens: TokenBook): string => {
  const button = (name: string): string =>
    `<button name="user" value="${escaped(name)}">${escaped(name)}</button>`;
  const users = tokens.users().map(({ username }) => button(username));
  return `<!doctype html><title>Sign in</title><h1>Sign in as</h1><form method="post">${users.join(' ')}</form>\n`;
};

async function signIn(provider: Provider, tokens: TokenBook, request: FastifyRequest, reply: FastifyReply) {
  const chosen = new URLSearchParams(await textOf(request)).get('user');
  const user = tokens.users().find(({ username }) => username === chosen);
  if (!user) return reply.code(422).type('text/plain').send('There is no such user.\n');
  const details = await provider.interactionDetails(request.raw, reply.raw);
  const accountId = String(user.userId);
  const grant = new provider.Grant({ accountId, clientId: String(details.params.client_id) });
  grant.addOIDCScope(String(details.params.scope));
  const consent = { grantId: await grant.save() };
  reply.hijack();
  return provider.interactionFinished(request.raw, reply.raw, { login: { accountId }, consent });
}

async function textOf({ raw }: FastifyRequest): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of raw) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
