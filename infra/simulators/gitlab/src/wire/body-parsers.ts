import type { FastifyInstance } from 'fastify';

/** Reads bodies as leniently as GitLab: JSON, forms, and bytes for anything else. */
export function addBodyParsers(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    const text = String(body);
    try {
      // Clients declare JSON on a DELETE and then send nothing.
      done(null, text === '' ? {} : JSON.parse(text));
    } catch {
      done(Object.assign(new Error('message body does not match declared format'), { statusCode: 400 }));
    }
  });
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}
