import type { Fault, Faults } from '@cleanroom/simulator-journal';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { World } from '../world.js';

declare module 'fastify' {
  interface FastifyRequest {
    fault: Fault | null;
  }
}

/** By status: where an answer says when to come again. */
const waitHeaders: Partial<Record<number, string>> = {
  202: 'x-gitlab-trace-update-interval',
  412: 'x-gitlab-trace-update-interval',
  429: 'retry-after',
  503: 'retry-after',
};

const RETRY_AFTER_SECONDS = 1;

/** What stands before GitLab answers with no JSON where GitLab is away. */
const pageOfProxy = (status: number): string =>
  `<html><head><title>${status}</title></head><body>GitLab is not responding</body></html>`;

/** Injects the faults that were asked for, and writes every API call into the ledger. */
export function disturb(app: FastifyInstance, world: World, faults: Faults): void {
  app.decorateRequest('fault', null);
  app.decorateRequest('callerName', null);
  // Not before the body has been read: a caller who gives up must not keep a delayed call from being carried out.
  app.addHook('preHandler', async (request, reply) => {
    const { operation } = request.routeOptions.config;
    if (!operation) return undefined;
    request.fault = faults.strike(operation, ({ mode }) => mode !== 'omit') ?? null;
    return before(world, faults, request, reply);
  });
  // Nobody waits any more for what they hold back.
  app.addHook('preClose', (done) => {
    faults.clear();
    done();
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    const { operation } = request.routeOptions.config;
    if (!operation) return done(null, payload);
    const left = leaveOut(faults, operation, request, payload);
    record(world, request, reply.statusCode);
    // Not calling `done` keeps Fastify from answering on a connection that is no more.
    if (request.fault?.mode === 'lose_answer') return void request.socket.destroy();
    if (request.fault?.mode === 'truncate') return truncate(request, reply, payload);
    return done(null, left);
  });
}

/** A list without the item that a fault leaves out; whatever else is sent, as it is. */
function leaveOut(faults: Faults, operation: string, request: FastifyRequest, payload: unknown): unknown {
  if (typeof payload !== 'string' || !payload.startsWith('[')) return payload;
  const items = JSON.parse(payload) as { id?: number }[];
  const index = ({ id }: Fault): number => items.findIndex((item) => id === undefined || item.id === id);
  const fault = faults.strike(operation, (each) => each.mode === 'omit' && index(each) >= 0);
  if (!fault) return payload;
  request.fault ??= fault;
  return JSON.stringify(items.toSpliced(index(fault), 1));
}

async function before(
  world: World,
  faults: Faults,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { fault } = request;
  if (fault?.mode === 'delay') await faults.delay(fault);
  if (fault?.mode === 'fail') {
    const header = waitHeaders[fault.status];
    if (header) void reply.header(header, String(fault.retryAfter ?? RETRY_AFTER_SECONDS));
    return fault.body === 'raw'
      ? reply.code(fault.status).type('text/html').send(pageOfProxy(fault.status))
      : reply.code(fault.status).send(refusalOf(fault));
  }
  if (fault?.mode !== 'reset') return undefined;
  record(world, request, null);
  reply.hijack();
  request.socket.destroy();
  return reply;
}

/** In the forms of GitLab: with a code as OAuth has it, else with a message alone. */
const refusalOf = ({ status, code, message = `${status} injected`, body }: Fault): object => {
  const shown = body === 'null_message' ? null : message;
  return code === undefined ? { message: shown } : { error: code, error_description: shown };
};

function truncate(request: FastifyRequest, reply: FastifyReply, payload: unknown): void {
  const bytes = Buffer.from(typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : '');
  const headers = { 'content-type': 'application/json', 'content-length': String(bytes.length + 1) };
  reply.raw.writeHead(reply.statusCode, headers);
  reply.raw.write(bytes.subarray(0, bytes.length / 2), () => request.socket.destroy());
}

function record(world: World, request: FastifyRequest, status: number | null): void {
  const { operation = '' } = request.routeOptions.config;
  if (operation === 'request_job' && status === 204 && !request.fault) {
    // The ledger counts it by its runner.
    return;
  }
  const facts = {
    operation,
    method: request.method,
    path: pathOf(request),
    calledPath: request.url.split('?')[0] ?? '',
    status,
    caller: request.callerName,
  };
  const fault = request.fault ? { fault: request.fault.mode } : {};
  const sourceAddress = request.socket.remoteAddress ?? '';
  world.ledger.append({ type: 'api-call', ...facts, sourceAddress, ...fault });
  world.log.debug(facts, 'call');
}

const pathOf = ({ url }: FastifyRequest): string => (url.split('?')[0] ?? '').replace(/^\/api\/v4/, '');
