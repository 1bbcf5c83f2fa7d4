import { topics } from '@cleanroom/contracts';
import fc from 'fast-check';
import { serviceNames } from '../../src/service-names.js';
import type { Fault } from '../simulator-admin.js';

/** How long a weather lasts, in real milliseconds. */
export const WEATHER_MS = 15_000;
/** By then the last job is queued, so that it has weather, too. */
const LAST_JOB_MS = 10_000;
/** Longer than any client of ours waits for Hetzner or GitLab. */
const BEYOND_TIME_OUT_MS = 16_000;

/** What happens at one moment of a weather. */
export type Strike = { readonly afterMs: number } & (
  | { readonly what: 'job'; readonly seconds: number }
  | { readonly what: 'kill'; readonly process: string }
  | { readonly what: 'kill-database'; readonly awayMs: number }
  | { readonly what: 'kill-broker'; readonly awayMs: number }
  | { readonly what: 'poison'; readonly topic: string; readonly bytes: Uint8Array }
);

/** All the trouble that one seed makes. */
export interface Weather {
  readonly seed: number;
  readonly hetzner: readonly Fault[];
  readonly gitlab: readonly Fault[];
  /** What becomes of the next boots. */
  readonly machines: readonly ('never_boots' | 'boots_late' | 'dies_after_enrolment')[];
  /** Whether the events go over Apache Kafka, whose broker may be killed; else over the embedded bus. */
  readonly onKafka: boolean;
  /** In the order of time. */
  readonly strikes: readonly Strike[];
  /** Whether the clock jumps afterwards, over the end of an hour and of a month, and it all begins once more. */
  readonly clockJumps: boolean;
  /** Whether every topic is read again in the end. */
  readonly rewinds: boolean;
}

/** The same seed makes the same weather. */
export function forecast(seed: number): Weather {
  const [weather] = fc.sample(weathers, { seed, numRuns: 1 });
  if (!weather) throw new Error('no weather');
  const { jobs, webhooks, brokerKills, ...rest } = weather;
  const strikes = [...rest.strikes, ...jobs, ...(rest.onKafka ? brokerKills : [])];
  return {
    ...rest,
    seed,
    gitlab: [...rest.gitlab, ...webhooks],
    strikes: strikes.sort((a, b) => a.afterMs - b.afterMs),
  };
}

const moments = fc.integer({ min: 0, max: WEATHER_MS });
const oneIn = (n: number) => fc.integer({ min: 1, max: n }).map((drawn) => drawn === 1);
const chances = { rate: fc.constantFrom(0.05, 0.1, 0.3), seed: fc.nat({ max: 1_000_000 }) };

/** Refused before anything is done. */
const refusals = fc.constantFrom<Omit<Fault, 'operation'>>(
  { mode: 'fail', status: 429, code: 'rate_limit_exceeded', retryAfter: 20 },
  { mode: 'fail', status: 500 },
  { mode: 'fail', status: 502, body: 'raw' },
  { mode: 'fail', status: 503, code: 'unavailable' },
  { mode: 'fail', status: 504, body: 'raw' },
  { mode: 'reset' },
);
/** Done, and the caller does not know it. */
const losses = fc.constantFrom<Omit<Fault, 'operation'>>(
  { mode: 'lose_answer' },
  { mode: 'truncate' },
  { mode: 'delay', ms: BEYOND_TIME_OUT_MS },
);
const faultsOf = (operations: readonly string[], modes: fc.Arbitrary<Omit<Fault, 'operation'>>) =>
  fc.array(
    fc
      .record({ operation: fc.constantFrom(...operations), mode: modes, ...chances })
      .map(({ mode, ...struck }): Fault => ({ ...struck, ...mode })),
    { minLength: 1, maxLength: 3 },
  );
const both = <T>(first: fc.Arbitrary<T[]>, second: fc.Arbitrary<T[]>) =>
  fc.tuple(first, second).map((lists) => lists.flat());

const ourCallsToGitLab = [
  'create_runner',
  'delete_runner',
  'get_job',
  'get_runner',
  'list_jobs',
  'list_runners',
];
/** GitLab's runner program calls these. A job whose assignment got lost is lost for good, so that one only refuses. */
const callsOfRunners = ['append_trace', 'request_job', 'update_job', 'verify_runner'];
const callsToHetzner = [
  '*',
  'create_primary_ip',
  'create_server',
  'delete_server',
  'get_actions',
  'get_server',
  'list_primary_ips',
  'list_servers',
  'rebuild_server',
];

const strikes = fc.oneof(
  { weight: 5, arbitrary: moments.chain(kills) },
  { weight: 1, arbitrary: moments.chain(outages) },
  { weight: 3, arbitrary: moments.chain(poisons) },
);

function kills(afterMs: number): fc.Arbitrary<Strike> {
  return fc
    .constantFrom(...serviceNames, 'gateway')
    .map((process) => ({ afterMs, what: 'kill' as const, process }));
}

/** The bus is there, too, where it is the embedded one. */
function outages(afterMs: number): fc.Arbitrary<Strike> {
  return fc
    .constantFrom(0, 0, 0, 2_000, 2_000, 5_000, 60_000)
    .map((awayMs) => ({ afterMs, what: 'kill-database' as const, awayMs }));
}

function poisons(afterMs: number): fc.Arbitrary<Strike> {
  return fc
    .record({
      topic: fc.constantFrom(...Object.values(topics).map(({ name }) => name)),
      bytes: fc.uint8Array({ maxLength: 40 }),
    })
    .map((poison) => ({ afterMs, what: 'poison' as const, ...poison }));
}

const weathers = fc.record({
  hetzner: both(faultsOf(callsToHetzner, refusals), faultsOf(callsToHetzner, losses)),
  gitlab: both(
    both(faultsOf(ourCallsToGitLab, refusals), faultsOf(ourCallsToGitLab, losses)),
    faultsOf(callsOfRunners, refusals),
  ),
  webhooks: fc.array(
    fc.record({
      operation: fc.constant('webhook'),
      mode: fc.constantFrom<Fault['mode']>('lose_answer', 'double', 'reorder'),
      ...chances,
    }),
    { minLength: 1, maxLength: 3 },
  ),
  // A machine that never boots is waited for a whole real minute, so that not every weather has one.
  machines: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: fc.array(fc.constantFrom('never_boots', 'boots_late', 'dies_after_enrolment'), {
        minLength: 1,
        maxLength: 2,
      }),
    },
  ),
  strikes: fc.array(strikes, { minLength: 3, maxLength: 8 }),
  jobs: fc.array(
    fc.record({
      what: fc.constant('job' as const),
      afterMs: fc.integer({ min: 0, max: LAST_JOB_MS }),
      seconds: fc.integer({ min: 1, max: 120 }),
    }),
    { minLength: 5, maxLength: 10 },
  ),
  clockJumps: oneIn(5),
  rewinds: oneIn(5),
  // Last, so that what others draw stays as it was.
  onKafka: oneIn(5),
  brokerKills: fc.array(
    fc.record({
      what: fc.constant('kill-broker' as const),
      afterMs: moments,
      awayMs: fc.constantFrom(0, 2_000, 5_000, 60_000),
    }),
    { minLength: 1, maxLength: 1 },
  ),
});
