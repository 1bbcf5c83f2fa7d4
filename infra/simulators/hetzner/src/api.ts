import { randomBytes } from 'node:crypto';
import type { Fault } from '@cleanroom/simulator-journal';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fastifyPlugin } from 'fastify-plugin';
import { ApiError, notFound } from './api-error.js';
import { faultAnswer, faultHeaders } from './fault-answer.js';
import type { Call as LedgerCall } from './ledger-entry.js';
import type { RateLimit } from './rate-limit.js';
import type { Answer, Route } from './route.js';
import { routes } from './routes.js';
import { sendAnswer, type Outgoing } from './send-answer.js';
import type { Access, Tokens } from './tokens.js';
import { withoutItem } from './without-item.js';
import { nowOf, projectNamed, type World } from './world.js';

const PREFIX = '/v1';
/** What is asked there is not a call to Hetzner. */
const CONTROLS = '/_sim/';
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'] as const;
/** Faults that strike an answer, or an action, when it is there. */
const LATER = new Set<Fault['mode']>(['omit', 'action_error', 'action_stuck']);
/** Requests without a valid token share one allowance. */
const NOBODY = '';

export interface ApiOptions {
  readonly world: World;
  readonly tokens: Tokens;
  readonly rateLimit: RateLimit;
  /** Told of every answer, as it would be without a fault; of those that a fault made, not. */
  readonly onAnswer?: (answer: Answered) => void;
}

/** What an operation answered. */
export interface Answered {
  readonly method: string;
  /** As the official description writes it, such as `/servers/{id}`. */
  readonly path: string;
  readonly status: number;
  /** Undefined where there is none. */
  readonly body: unknown;
}

/** Serves the simulated API below `/v1`, and refuses whatever is nowhere else on this port. */
export function serveApi(server: FastifyInstance, options: ApiOptions): void {
  const api = async (server: FastifyInstance) => {
    serveRoutes(server, options);
    // Such as a body that is too long: no handler was asked, and yet it was a call.
    server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) =>
      new Call(options, undefined, request, reply).refuse(failureOf(error)),
    );
  };
  // Of a plugin without a name Fastify looks through all loaded modules for one, which takes Jest 20 ms.
  void server.register(fastifyPlugin(api, { name: 'hetzner-api', encapsulate: true }));
  server.setNotFoundHandler((request, reply) => {
    const nowhere = new ApiError(404, 'not_found', 'api route not found');
    if (request.url.startsWith(CONTROLS)) return reply.code(404).send(nowhere.body());
    return new Call(options, undefined, request, reply).refuse(nowhere);
  });
}

function serveRoutes(server: FastifyInstance, options: ApiOptions): void {
  for (const route of routes) {
    server.route({
      method: route.method,
      url: urlOf(route.path),
      handler: (request, reply) => new Call(options, route, request, reply).serve(),
    });
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    const known = routes.filter((route) => route.path === path).map(({ method }) => method as string);
    server.route({
      method: METHODS.filter((method) => !known.includes(method)),
      url: urlOf(path),
      handler: (request, reply) => new Call(options, undefined, request, reply).serve(),
    });
  }
}

/** Random enough to tell calls apart, and cheap: a beginning of this process and a number. */
const beginning = randomBytes(4).toString('hex');
let calls = 0;
const correlationId = (): string => beginning + (calls++ >>> 0).toString(16).padStart(8, '0');

const urlOf = (path: string): string => PREFIX + path.replace(/\{(\w+)\}/g, ':$1');

/** One request on its way through authentication, rate limit, faults and latency to its operation and into the ledger. */
class Call {
  private readonly at: Date;
  private readonly realAt = new Date();
  private access: Access | undefined;
  private fault: Fault | undefined;

  constructor(
    private readonly options: ApiOptions,
    private readonly route: Route | undefined,
    private readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
  ) {
    this.at = options.world.clock.now();
  }

  async serve(): Promise<FastifyReply> {
    return this.answer(await this.perform());
  }

  /** Answers without having looked at who asks. */
  refuse(error: ApiError): Promise<FastifyReply> {
    return this.answer({ status: error.status, error });
  }

  private async answer(outgoing: Outgoing): Promise<FastifyReply> {
    const { world } = this.options;
    this.enterInLedger(outgoing);
    this.tell(outgoing);
    if (this.fault?.mode === 'delay') await world.faults.delay(this.fault);
    const headers = {
      ...this.options.rateLimit.headers(this.access?.project ?? NOBODY),
      ...(this.fault?.mode === 'fail' ? faultHeaders(this.fault, nowOf(world)) : {}),
      // The time of the world that is simulated, which the reset above is told in.
      date: world.clock.now().toUTCString(),
      'x-correlation-id': correlationId(),
      ...(outgoing.answer?.link ? { link: outgoing.answer.link } : {}),
    };
    return sendAnswer(this.reply, outgoing, headers, this.fault);
  }

  private async perform(): Promise<Outgoing> {
    try {
      this.authenticate();
      const route = this.requireRoute();
      this.fault = this.options.world.faults.strike(route.operation, ({ mode }) => !LATER.has(mode));
      if (this.fault?.mode === 'reset') return { status: null };
      if (this.fault?.mode === 'fail') throw faultAnswer(this.fault);
      await this.takeTime(route.method);
      const answer = this.leaveOut(route, this.carryOut(route));
      return { status: answer.status, answer };
    } catch (error) {
      if (error instanceof ApiError) return { status: error.status, error };
      this.request.log.error({ err: error }, 'the simulator failed');
      return { status: 500, error: failureOf(error as Error) };
    }
  }

  private authenticate(): void {
    const { tokens, rateLimit } = this.options;
    try {
      this.access = tokens.check(this.request.headers.authorization);
    } catch (error) {
      rateLimit.take(NOBODY);
      throw error;
    }
    rateLimit.take(this.access.project);
    if (this.access.readonly && this.request.method !== 'GET')
      throw new ApiError(401, 'token_readonly', 'the token is only allowed to perform GET requests');
  }

  private requireRoute(): Route {
    if (this.route) return this.route;
    throw new ApiError(405, 'method_not_allowed', 'method not allowed');
  }

  private async takeTime(method: string): Promise<void> {
    const { latency, clock } = this.options.world;
    const delay = latency.request(method);
    if (delay / clock.factor >= 1) await clock.sleep(delay);
  }

  private carryOut(route: Route): Answer {
    const { world } = this.options;
    const params = this.request.params as Record<string, string>;
    const odd = Object.values(params).find((id) => !/^\d+$/.test(id));
    if (odd !== undefined) throw notFound('resource', odd);
    const answer = route.handle(world, {
      project: projectNamed(world, this.access?.project ?? NOBODY),
      params,
      query: new URLSearchParams(this.request.url.split('?')[1] ?? ''),
      body: parseJson(this.request.body as string | undefined),
      address: `http://${this.request.headers.host ?? ''}${this.path}`,
    });
    if (route.method !== 'GET') world.changed();
    return answer;
  }

  /** The answer of a list that a fault robs of an item. */
  private leaveOut({ operation }: Route, answer: Answer): Answer {
    const { faults } = this.options.world;
    const omitted = (fault: Fault): object | undefined =>
      fault.mode === 'omit' ? withoutItem(answer.body, fault.id) : undefined;
    const fault = faults.strike(operation, (each) => omitted(each) !== undefined);
    if (!fault) return answer;
    this.fault ??= fault;
    return { ...answer, body: omitted(fault) };
  }

  private enterInLedger({ status, answer, error }: Outgoing): void {
    const { id } = this.request.params as { id?: string };
    const entry: LedgerCall = {
      type: 'call',
      at: this.at.toISOString(),
      realAt: this.realAt.toISOString(),
      method: this.request.method,
      path: this.route?.path ?? (this.path.startsWith(PREFIX) ? this.path.slice(PREFIX.length) : this.path),
      calledPath: this.path,
      operation: this.route?.operation ?? null,
      status,
      code: this.fault?.body === 'raw' ? null : (error?.code ?? null),
      project: this.access?.project ?? null,
      resourceId: answer?.resourceId ?? (Number(id) || null),
      fault: this.fault?.mode ?? null,
      remoteAddress: this.request.socket.remoteAddress ?? '',
    };
    this.options.world.ledger.called(entry);
    this.request.log.debug(entry, 'called');
  }

  private tell({ status, answer, error }: Outgoing): void {
    const { onAnswer } = this.options;
    if (!onAnswer || !this.route || status === null || this.fault?.mode === 'fail') return;
    const { method, path } = this.route;
    onAnswer({ method, path, status, body: error?.body() ?? answer?.body });
  }

  private get path(): string {
    return this.request.url.split('?')[0] ?? '';
  }
}

const failureOf = ({ statusCode = 500, message }: Error & { statusCode?: number }): ApiError =>
  new ApiError(statusCode, statusCode < 500 ? 'invalid_input' : 'server_error', message);

function parseJson(text: string | undefined): unknown {
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, 'json_error', 'invalid JSON');
  }
}
