import { Readable } from 'node:stream';
import type { Log } from '@cleanroom/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addLogFields, type LogFields } from './log-fields.js';
import { verifyCall, type SignedCaller, type UsedNonces } from './call-signature.js';

/** More than any call of the gateway has. */
export const MOST_BODY_BYTES = 1024 * 1024;

/** What the signature check leaves on a request for those who handle it. */
export interface SignedRequest {
  caller?: SignedCaller;
  /** The body as it came over the wire: webhooks are signed over these bytes. */
  rawBody?: Buffer;
}

/** Open to probes on the inner network; everything else needs a signature, unknown paths too. */
const OPEN_ROUTES = new Set<string | undefined>([
  '/health/live',
  '/health/serving',
  '/health/ready',
  '/health/bus',
  '/metrics',
]);

export interface SignedCalls {
  gatewayKey: string;
  /** Shared by all replicas: a call that one of them took is not good at another either. */
  used: UsedNonces;
  log: Log;
}

/**
 * Refuses every call that the gateway did not sign, before any handler sees it: GraphQL with `_entities` and `_service`
 * too, which Nest's guards do not cover.
 */
export function requireSignedCalls(server: FastifyInstance, { gatewayKey, used, log }: SignedCalls): void {
  server.addHook('preParsing', async (request: FastifyRequest, reply: FastifyReply, payload) => {
    if (OPEN_ROUTES.has(request.routeOptions.url)) return payload;
    const body = await readAll(payload);
    const parts = body && { method: request.method, path: request.url, body };
    let caller: SignedCaller | undefined;
    try {
      caller = parts && (await verifyCall(gatewayKey, request.headers, parts, used));
    } catch (error) {
      log.error({ error }, 'nobody can tell whether a signed call was used before');
      await reply.code(503).header('retry-after', '1').send({ error: 'unavailable' });
      return payload;
    }
    if (!body || !caller) {
      await reply.code(401).send({ error: 'unauthorized' });
      return payload;
    }
    addLogFields(fieldsOf(caller));
    Object.assign(request, { caller, rawBody: body } satisfies SignedRequest);
    return Object.assign(Readable.from(body.length > 0 ? [body] : []), {
      receivedEncodedLength: body.length,
    });
  });
}

function fieldsOf(caller: SignedCaller): LogFields {
  if (caller.kind === 'anonymous') return {};
  const { organizationId: organization } = caller;
  return caller.kind === 'machine' ? { organization, runner: caller.runnerId } : { organization };
}

/** `undefined` when there is too much of it. */
async function readAll(payload: AsyncIterable<unknown>): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of payload) {
    const buffer = Buffer.from(chunk as Uint8Array);
    bytes += buffer.length;
    if (bytes > MOST_BODY_BYTES) return undefined;
    chunks.push(buffer);
  }
  return Buffer.concat(chunks);
}
