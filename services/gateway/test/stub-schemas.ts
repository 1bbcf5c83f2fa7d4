import { setTimeout as pause } from 'node:timers/promises';
import { GraphQLError } from 'graphql';
import type { Context } from './stub-service.js';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';

/** What the first of the two services knows: runners. */
export const provisioningSdl = `${LINK}
  type Query {
    runner(id: ID!): Runner
    runners(first: Int!): RunnerConnection
    lateRunners(first: Int!): RunnerConnection
    slow: String
    unhurried: String
    explode: String
    refuse(code: String!): String
    whoCalls: String!
  }
  type Mutation { wakeRunner(id: ID!): Runner }
  type Subscription { runnerChanged: RunnerChange! refused(code: String!): String! }
  type RunnerChange { cursor: String! runner: Runner! }
  type RunnerConnection { nodes: [Runner!]! }
  type Runner @key(fields: "id") { id: ID! name: String! pool: Pool! }
  type Pool { id: ID! runners(first: Int!): RunnerConnection! }`;

/** What the second knows: who calls, and the addresses of runners. */
export const identitySdl = `${LINK}
  type Query { viewer: Viewer }
  type Viewer { name: String! organization: String! source: String! }
  type Runner @key(fields: "id") { id: ID! address: String }`;

export const identityResolvers = {
  Query: {
    viewer: (_: unknown, __: unknown, { caller }: Context) => ({
      name: caller.kind === 'user' ? caller.name : '',
      organization: caller.kind === 'user' ? caller.organizationId : '',
      source: caller.source,
    }),
  },
  Runner: { __resolveReference: ({ id }: { id: string }) => ({ id, address: `address of ${id}` }) },
};

const runner = (id: string) => ({ __typename: 'Runner', id, name: `runner ${id}`, pool: { id: 'pool_1' } });

const page = (_: unknown, { first }: { first: number }) => ({
  nodes: Array.from({ length: first }, (_element, index) => runner(`run_${index}`)),
});

const refuse = (code: string): never => {
  throw new GraphQLError('No. Did you mean yes?', { extensions: { code, stacktrace: ['at /srv'] } });
};

/** The resolvers of the first service, and those who listen to its runners. */
export class StubRunners {
  readonly #listening = new Set<Listener>();

  readonly resolvers = {
    Query: {
      runner: (_: unknown, { id }: { id: string }) => runner(id),
      runners: page,
      lateRunners: async (_: unknown, args: { first: number }) => (await pause(1_100), page(_, args)),
      slow: () => new Promise((resolve) => setTimeout(() => resolve('at last'), 30_000).unref()),
      unhurried: () => new Promise((resolve) => setTimeout(() => resolve('well'), 1_100).unref()),
      explode: () => {
        throw new Error('SELECT secret FROM vault at /srv/app/index.js:1:1');
      },
      refuse: (_: unknown, { code }: { code: string }) => refuse(code),
      whoCalls: (_: unknown, __: unknown, { caller }: Context) => JSON.stringify(caller),
    },
    Mutation: { wakeRunner: (_: unknown, { id }: { id: string }) => runner(id) },
    Runner: { __resolveReference: ({ id }: { id: string }) => runner(id) },
    Pool: { runners: page },
    Subscription: {
      refused: {
        subscribe: () => this.#listen(),
        resolve: (_: unknown, { code }: { code: string }) => refuse(code),
      },
      runnerChanged: {
        subscribe: () => this.#listen(),
        resolve: (id: string) => {
          if (id === 'unspeakable') throw new Error('no runner is called so');
          return { cursor: id, runner: runner(id) };
        },
      },
    },
  };

  get listeners(): number {
    return this.#listening.size;
  }

  change(id: string): void {
    for (const listener of this.#listening) listener.hear(id);
  }

  #listen(): Listener {
    const listener = new Listener(() => this.#listening.delete(listener));
    this.#listening.add(listener);
    return listener;
  }
}

class Listener implements AsyncIterableIterator<string> {
  readonly #heard: string[] = [];
  #wake: () => void = () => undefined;
  #isGone = false;

  constructor(private readonly onGone: () => void) {}

  hear(id: string): void {
    this.#heard.push(id);
    this.#wake();
  }

  async next(): Promise<IteratorResult<string>> {
    while (this.#heard.length === 0 && !this.#isGone)
      await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.#isGone
      ? { done: true, value: undefined }
      : { done: false, value: this.#heard.shift() as string };
  }

  async return(): Promise<IteratorResult<string>> {
    this.#isGone = true;
    this.onGone();
    this.#wake();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
