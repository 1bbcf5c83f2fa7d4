import type { FastifyInstance } from 'fastify';
import type { Route } from './route.js';

const METHODS: readonly Route['method'][] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Answers 405 where there is something, but not to be asked like that. Grape does so before it looks at the token. */
export function refuseOtherMethods(app: FastifyInstance, routes: readonly Route[]): void {
  for (const url of new Set(routes.map((route) => route.url))) {
    const known = new Set(
      routes.filter((route) => patternOf(route.url).test(url)).map(({ method }) => method),
    );
    app.route({
      method: METHODS.filter((method) => !known.has(method)),
      url,
      handler: (_request, reply) =>
        reply
          .code(405)
          .header('allow', [...known].join(', '))
          .send({ error: '405 Not Allowed' }),
    });
  }
}

/** Of all paths that a route may be meant by: `/runners/all` is one of `/runners/:id`, too. */
const patternOf = (url: string): RegExp => new RegExp(`^${url.replace(/:\w+/g, '[^/]+')}$`);
