import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { writeSync } from 'node:fs';

/** The three moments of an outside call at which a process can die with different consequences. */
export const crashMoments = ['before', 'sent', 'answered'] as const;
export type CrashMoment = (typeof crashMoments)[number];

/** Undici, and so the platform's fetch, tells here of each request when it is made and when all of it has left. */
const CREATED_CHANNEL = 'undici:request:create';
const SENT_CHANNEL = 'undici:request:bodySent';

/**
 * Lets a test kill this process at an outside call: `crashAt` lists points as `<name>.<method>:<moment>[:<nth call>]`,
 * with commas between them, and the one that is reached first is named on standard error before the process dies there.
 * Without a point of its own the adapter comes back untouched, so production pays nothing.
 *
 * @throws RangeError when a point has another form
 */
export function withCrashPoints<T extends object>(name: string, adapter: T, crashAt: string | undefined): T {
  const points = (crashAt || undefined)?.split(',').map(parse) ?? [];
  const own = points.filter((point) => point.adapter === name);
  if (own.length === 0) return adapter;
  const calls = new Map<string, number>();
  return new Proxy(adapter, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      const ofMethod = own.filter(({ method }) => method === property);
      if (typeof value !== 'function' || ofMethod.length === 0) return value;
      return async (...args: unknown[]) => {
        const nth = (calls.get(String(property)) ?? 0) + 1;
        calls.set(String(property), nth);
        const call = () => Reflect.apply(value, target, args) as Promise<unknown>;
        const point = ofMethod.find((one) => one.nth === nth);
        return point ? crash(point, call) : call();
      };
    },
  });
}

/** How a process that dies at a crash point says so. */
export const struckAt = (output: string): string[] =>
  [...output.matchAll(/^struck at (\S+)$/gm)].map(([, point = '']) => point);

/** All outside calls of an adapter as `<name>.<method>`, for the test that crashes at each of them. */
export function outsideCalls(name: string, adapter: object): string[] {
  const found = new Set<string>();
  for (
    let level: object | null = adapter;
    level && level !== Object.prototype;
    level = Object.getPrototypeOf(level) as object | null
  ) {
    for (const [key, { value }] of Object.entries(Object.getOwnPropertyDescriptors(level))) {
      if (typeof value === 'function' && key !== 'constructor') found.add(`${name}.${key}`);
    }
  }
  return [...found].sort();
}

interface CrashPoint {
  text: string;
  adapter: string;
  method: string;
  moment: CrashMoment;
  nth: number;
}

function parse(text: string): CrashPoint {
  const match = /^(.+)\.(\w+):(before|sent|answered)(?::(\d+))?$/.exec(text);
  if (!match)
    throw new RangeError(
      `CLEANROOM_CRASH_AT takes <adapter>.<method>:<before|sent|answered>[:<nth>], not ${text}`,
    );
  const [, adapter = '', method = '', moment, nth] = match;
  return { text, adapter, method, moment: moment as CrashMoment, nth: Number(nth ?? 1) };
}

async function crash({ moment, text }: CrashPoint, call: () => Promise<unknown>): Promise<unknown> {
  if (moment === 'before') return die(text);
  if (moment === 'sent') return dieOnceSent(text, call);
  await Promise.resolve(call()).catch(() => undefined);
  return die(text);
}

/** Dies with the first request that this very call sends; those of its neighbours do not count. */
function dieOnceSent(text: string, call: () => Promise<unknown>): Promise<unknown> {
  const inThisCall = new AsyncLocalStorage<true>();
  const ours = new WeakSet<object>();
  subscribe(CREATED_CHANNEL, (message) => {
    if (inThisCall.getStore()) ours.add(requestOf(message));
  });
  subscribe(SENT_CHANNEL, (message) => {
    if (ours.has(requestOf(message))) die(text);
  });
  return inThisCall.run(true, call);
}

const requestOf = (message: unknown): object => (message as { request: object }).request;

function die(point: string): never {
  writeSync(process.stderr.fd, `struck at ${point}\n`);
  process.kill(process.pid, 'SIGKILL');
  throw new Error('killed');
}
