import { SparingFetch } from './sparing-fetch.js';

type Outcome = 'answers' | 'refuses' | 'is silent' | 'is awaited';

describe('a host that leaves calls without an answer', () => {
  let now = 0;
  let outcome: Outcome = 'is silent';
  let calls = 0;
  let answer: () => void = () => undefined;
  const fetch = (async () => {
    calls += 1;
    if (outcome === 'is awaited') await new Promise<void>((resolve) => (answer = resolve));
    if (outcome === 'answers' || outcome === 'is awaited') return new Response(null, { status: 503 });
    if (outcome === 'is silent') now += 5_000;
    throw new TypeError(outcome);
  }) as typeof globalThis.fetch;
  let sparing: SparingFetch;
  beforeEach(() => {
    [now, calls] = [0, 0];
    sparing = new SparingFetch(fetch, () => now);
  });
  /** What becomes of so many calls. */
  const call = async (times: number, key = 'ours') => {
    const became: string[] = [];
    for (let n = 0; n < times; n += 1)
      became.push(
        await sparing
          .of(key)('http://host')
          .then(
            () => 'answered',
            ({ message }) => message,
          ),
      );
    return became;
  };
  const SPARED = 'it left calls without an answer, and is spared for seconds';

  it('is asked three times, and then by one call in five seconds', async () => {
    outcome = 'is silent';
    expect(await call(5)).toEqual([outcome, outcome, outcome, SPARED, SPARED]);
    now += 5_000;
    expect(await call(2)).toEqual([outcome, SPARED]);
    expect(calls).toBe(4);
  });

  it('is asked by one call only while that finds out', async () => {
    outcome = 'is silent';
    await call(3);
    now += 5_000;
    outcome = 'is awaited';
    const probe = call(1);
    expect(await call(2)).toEqual([SPARED, SPARED]);
    answer();
    expect(await probe).toEqual(['answered']);
    outcome = 'answers';
    expect(await call(1)).toEqual(['answered']);
  });

  it('is spared no longer once it answers, whatever it says', async () => {
    outcome = 'is silent';
    await call(3);
    now += 5_000;
    outcome = 'answers';
    expect(await call(3)).toEqual(['answered', 'answered', 'answered']);
  });

  it.each<Outcome>(['answers', 'refuses'])('is another than one that %s at once', async (between) => {
    outcome = 'is silent';
    await call(2);
    outcome = between;
    await call(1);
    outcome = 'is silent';
    expect(await call(2)).toEqual([outcome, outcome]);
  });

  it('is no reason to spare the host of another customer', async () => {
    outcome = 'is silent';
    await call(4);
    outcome = 'answers';
    expect(await call(1, 'theirs')).toEqual(['answered']);
  });
});
