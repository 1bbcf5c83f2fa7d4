import type { RequestListener } from 'node:http';
import type { WatchedFigures } from '@cleanroom/service-kit';
import { eventually, fixedClock } from '@cleanroom/testing';
import { OriginWatch } from '../src/adapters/machine/origin-watch.js';
import { ready, startGateway, type StandInGateway } from './start-gateway.js';

const HOUR_MS = 3_600_000;
const since = new Date('2026-03-02T08:00:00Z');
/** So fast a clock has a look each second, and is deaf after four. */
const clock = { ...fixedClock(since), factor: 60 };
const log = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined };
const hangsUp: RequestListener = (request) => void request.destroy();
let gateway: StandInGateway;
let watch: OriginWatch;
let isUnreachable: () => Promise<number | undefined>;

beforeAll(async () => {
  gateway = await startGateway();
});
beforeEach(() => {
  gateway.answer = ready;
  clock.set(since);
  const metrics = {
    watch: ({ read }: WatchedFigures) => void (isUnreachable = async () => (await read())[0]?.[1]),
  };
  watch = new OriginWatch({ origin: { url: gateway.url, pin: undefined }, since, clock, log, metrics });
  watch.onApplicationBootstrap();
});
afterEach(() => watch.onApplicationShutdown());
afterAll(() => gateway.stop());

const tells = (figure: number) => eventually(async () => expect(await isUnreachable()).toBe(figure));

it('hears no machine while the gateway is out of reach, and all anew afterwards', async () => {
  expect(watch.hearingSince()).toEqual(since);
  gateway.answer = hangsUp;
  await tells(1);
  clock.advance(HOUR_MS);
  expect(watch.hearingSince()).toEqual(clock.now());
  gateway.answer = ready;
  await tells(0);
  const again = clock.now();
  clock.advance(200_000);
  expect(watch.hearingSince()).toEqual(again);
});

it('hears machines as long as they come, whatever it sees itself', async () => {
  gateway.answer = hangsUp;
  await tells(1);
  clock.advance(200_000);
  watch.machineCame();
  clock.advance(200_000);
  expect(watch.hearingSince()).toEqual(since);
});
