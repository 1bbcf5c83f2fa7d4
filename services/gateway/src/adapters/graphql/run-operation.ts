import type { Log } from '@cleanroom/kernel';
import {
  GraphQLError,
  OperationTypeNode,
  type ExecutionResult,
  type FormattedExecutionResult,
} from 'graphql';
import type { CallerFrom, Credential, KnownUser } from '../../ports.js';
import { ReaderTooSlow } from '../subgraphs/bounded-stream.js';
import type { OperationContext } from '../subgraphs/subgraph-request.js';
import { mapEvents } from './map-events.js';
import type { OperationParams, SentOperation } from './operation-params.js';
import type { PersistedOperations } from './persisted-operations.js';
import { OperationPreparation, OperationRefused, type PreparedOperation } from './prepare-operation.js';
import { presentErrors, presentRefusals } from './present-errors.js';
import type { QueryLimits } from './query-limits.js';
import { SharedStreams } from './shared-streams.js';
import { subscriptionKey } from './subscription-key.js';
import type { Supergraph } from './supergraph.js';

/** Who runs an operation. */
export interface OperationCaller {
  readonly user: KnownUser;
  /** What the user showed. */
  readonly by: Credential['kind'];
  readonly source: string;
  /** Ends what is still done for a caller who has left. */
  readonly signal: AbortSignal;
}

/** What came of an operation: a refusal before anything was executed, one answer, or a stream of them. */
export type Outcome =
  | { readonly kind: 'refused'; readonly result: FormattedExecutionResult }
  | { readonly kind: 'answer'; readonly result: FormattedExecutionResult }
  | { readonly kind: 'stream'; readonly events: AsyncIterableIterator<FormattedExecutionResult> };

export interface OperationsOptions {
  readonly supergraph: Supergraph;
  readonly limits: QueryLimits;
  readonly persisted: PersistedOperations;
  /** Real milliseconds for a query; a mutation has {@link MUTATION_FACTOR} times as long. */
  readonly timeoutMs: number;
  readonly log: Log;
}

/** Mutations ask Hetzner and GitLab before they answer. */
const MUTATION_FACTOR = 3;
/** Calls to subgraphs end before their operation does, whenever they began, so that the other parts of the answer still arrive. */
const CALLS_SHARE = 0.8;

/** Runs the operations of all transports in the same way. */
export class Operations {
  readonly #preparation: OperationPreparation;
  readonly #streams = new SharedStreams<FormattedExecutionResult>();

  constructor(private readonly options: OperationsOptions) {
    this.#preparation = new OperationPreparation(options.supergraph.schema, options.limits);
  }

  async run(sent: SentOperation, caller: OperationCaller): Promise<Outcome> {
    try {
      const params = this.options.persisted.textOf(sent, caller.by);
      const prepared = this.#preparation.prepare(params);
      return await this.#execute(prepared, params, caller);
    } catch (error) {
      return this.#failed(error);
    }
  }

  async #execute(
    prepared: PreparedOperation,
    params: OperationParams,
    caller: OperationCaller,
  ): Promise<Outcome> {
    if (prepared.operation.operation === OperationTypeNode.SUBSCRIPTION)
      return this.#subscribe(prepared, params, caller);
    if (prepared.operation.operation === OperationTypeNode.MUTATION) await demandConfirmed(caller.user);
    const { execute, args } = await this.#planned(prepared, params, caller);
    const result = (await inTime(execute(args), args.signal)) as ExecutionResult;
    return { kind: 'answer', result: this.#present(result) };
  }

  /** Who asks for the same events as somebody else hears them from the same subscription. */
  async #subscribe(
    prepared: PreparedOperation,
    params: OperationParams,
    caller: OperationCaller,
  ): Promise<Outcome> {
    const open = async (signal: AbortSignal) => {
      const { subscribe, args } = await this.#planned(prepared, params, { ...caller, signal });
      const events = (await subscribe(args)) as AsyncIterableIterator<ExecutionResult> | ExecutionResult;
      return Symbol.asyncIterator in events ? this.#presentAll(events) : this.#present(events);
    };
    const { schema } = this.options.supergraph;
    const key = subscriptionKey(schema, prepared, params, callerFrom(caller));
    const opened = await (key === undefined ? open(caller.signal) : this.#streams.join(key, open));
    if (!(Symbol.asyncIterator in opened)) return { kind: 'answer', result: opened };
    const asItIs = (event: FormattedExecutionResult) => event;
    const events = key === undefined ? opened : mapEvents(opened, asItIs, (error) => this.#broken(error));
    return { kind: 'stream', events };
  }

  async #planned(
    { document, operation: { operation } }: PreparedOperation,
    { variables, operationName }: OperationParams,
    caller: OperationCaller,
  ) {
    const { runtime, schema } = this.options.supergraph;
    const context = this.#contextOf(operation, caller);
    const { contextFactory, execute, subscribe } = runtime.getEnveloped({ ...context, params: {} } as never);
    const contextValue: unknown = await contextFactory();
    const { signal } = context;
    const args = { schema, document, variableValues: variables, operationName, contextValue, signal };
    return { execute, subscribe, args };
  }

  #contextOf(operation: OperationTypeNode, from: OperationCaller): OperationContext {
    const { user, signal } = from;
    const isMutation = operation === OperationTypeNode.MUTATION;
    const timeoutMs = this.options.timeoutMs * (isMutation ? MUTATION_FACTOR : 1);
    const caller = callerFrom(from);
    const timeout = AbortSignal.timeout(timeoutMs);
    const signals = {
      [OperationTypeNode.QUERY]: AbortSignal.any([signal, timeout]),
      // What was begun is finished, whether its caller waits or not.
      [OperationTypeNode.MUTATION]: timeout,
      [OperationTypeNode.SUBSCRIPTION]: signal,
    };
    const callsEndAt = performance.now() + timeoutMs * CALLS_SHARE;
    return { caller, user, signal: signals[operation], callsEndAt };
  }

  #presentAll(
    events: AsyncIterableIterator<ExecutionResult>,
  ): AsyncIterableIterator<FormattedExecutionResult> {
    return mapEvents(
      events,
      (event) => this.#present(withOwnErrors(event)),
      (error) => this.#broken(error),
    );
  }

  #broken(error: unknown): FormattedExecutionResult {
    return { errors: presentErrors([error instanceof ReaderTooSlow ? tooSlow() : error], this.options.log) };
  }

  #present({ data, errors }: ExecutionResult): FormattedExecutionResult {
    if (!errors || errors.length === 0) return { data: data ?? null };
    return { data: data ?? null, errors: presentErrors(errors, this.options.log) };
  }

  #failed(error: unknown): Outcome {
    const { log } = this.options;
    if (error instanceof OperationRefused)
      return { kind: 'refused', result: { errors: presentRefusals(error.errors, log) } };
    return { kind: 'answer', result: { data: null, errors: presentErrors([error], log) } };
  }
}

const callerFrom = ({ user, source }: OperationCaller): CallerFrom => ({ ...user.caller, source });

/**
 * Another gateway may have been told that the token is revoked, while this one cannot reach identity.
 *
 * @throws GraphQLError
 */
async function demandConfirmed({ confirmation }: KnownUser): Promise<void> {
  const user = await confirmation?.catch(() => 'unreachable' as const);
  if (user === 'unreachable')
    throw new GraphQLError('Changes are not taken while it cannot be checked who asks.', {
      extensions: { code: 'SERVICE_UNAVAILABLE' },
    });
  if (confirmation && !user)
    throw new GraphQLError('Send a valid API token.', { extensions: { code: 'UNAUTHENTICATED' } });
}

const tooSlow = (): GraphQLError =>
  new GraphQLError('The events came faster than they were read.', {
    extensions: { code: 'SERVICE_UNAVAILABLE' },
  });

/** The runtime collects the errors of all events in one list; each event gets those that came with it. */
function withOwnErrors(event: ExecutionResult): ExecutionResult {
  const errors = event.errors as GraphQLError[] | undefined;
  return errors ? { ...event, errors: errors.splice(0) } : event;
}

/** @throws GraphQLError `SERVICE_UNAVAILABLE` when the signal comes first */
async function inTime<T>(work: T | Promise<T>, signal: AbortSignal): Promise<T> {
  const tooLate = new Promise<never>((_, reject) => {
    const give = () =>
      reject(new GraphQLError('This took too long.', { extensions: { code: 'SERVICE_UNAVAILABLE' } }));
    if (signal.aborted) give();
    else signal.addEventListener('abort', give, { once: true });
  });
  return Promise.race([work, tooLate]);
}
