import { createClient, type Client } from 'graphql-ws';
import {
  JobChangesDocument,
  RunnerChangesDocument,
  type RunnerChangesSubscription,
} from './generated/graphql.js';
import { refusal, type ApiError } from './graphql.js';
import { NoAnswer, SignedOut } from './session.js';

type RunnerChange = RunnerChangesSubscription['runnerChanged'];

export interface ChangeStreamOptions {
  /** Cursor of the last change that is known. */
  readonly after: string;
  /** The connection stands. */
  readonly onOpen: () => void;
  readonly onRunner: (change: RunnerChange) => void;
  readonly onJob: () => void;
  readonly signal: AbortSignal;
}

const PING_EVERY_MS = 10_000;
const PONG_WITHIN_MS = 5_000;
/** Jobs are another service's: while it is away, runners go on. */
const JOBS_AGAIN_MS = 5_000;
const UNAUTHORIZED = 4401;

/**
 * Follows the changes of runners, and hears that jobs changed. Ends when the connection does; whoever calls resumes from
 * the last cursor that they heard: the client's own retries would begin at the first one again.
 *
 * @throws SignedOut, NoAnswer, Refused
 */
export async function followChanges(options: ChangeStreamOptions): Promise<never> {
  const client = openClient(options.onOpen);
  const over = new AbortController();
  const end = () => client.terminate();
  options.signal.addEventListener('abort', end);
  try {
    void followJobs(client, options.onJob, over.signal);
    await followRunners(client, options);
  } catch (error) {
    throw asError(error);
  } finally {
    over.abort();
    options.signal.removeEventListener('abort', end);
    client.terminate();
  }
  throw new NoAnswer('The connection ended.');
}

function openClient(onOpen: () => void): Client {
  let late: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url: `${location.origin.replace('http', 'ws')}/graphql`,
    retryAttempts: 0,
    keepAlive: PING_EVERY_MS,
    on: {
      connected: onOpen,
      // A network that is gone says nothing: only an answer that does not come tells of it.
      ping: (received) => {
        if (!received) late = setTimeout(() => client.terminate(), PONG_WITHIN_MS);
      },
      pong: (received) => received && clearTimeout(late),
      closed: () => clearTimeout(late),
    },
  });
  return client;
}

function followRunners(client: Client, { after, onRunner }: ChangeStreamOptions): Promise<void> {
  const query = RunnerChangesDocument.toString();
  return new Promise((resolve, reject) => {
    client.subscribe<RunnerChangesSubscription>(
      { query, variables: { after } },
      {
        next: ({ data, errors }) => {
          if (data) onRunner(data.runnerChanged);
          else reject(refusal(errors as readonly ApiError[] | undefined));
        },
        error: reject,
        complete: resolve,
      },
    );
  });
}

async function followJobs(client: Client, onJob: () => void, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    const isOpen = await new Promise<boolean>((resolve) => {
      client.subscribe(
        { query: JobChangesDocument.toString() },
        { next: onJob, error: (error) => resolve(Array.isArray(error)), complete: () => resolve(true) },
      );
    });
    if (!isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, JOBS_AGAIN_MS));
  }
}

/** The client says a bare array of GraphQL's errors, the event of a closed socket, or an error. */
function asError(error: unknown): Error {
  if (Array.isArray(error)) return refusal(error as ApiError[]);
  if (error instanceof Error) return error;
  const isRefused = (error as { code?: unknown } | null)?.code === UNAUTHORIZED;
  return isRefused ? new SignedOut() : new NoAnswer('The connection broke.');
}
