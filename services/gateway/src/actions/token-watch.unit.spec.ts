import { silentLog } from '@cleanroom/kernel';
import type { Credential, KnownUser } from '../ports.js';
import { TokenWatch } from './token-watch.js';

const user: KnownUser = {
  caller: { kind: 'user', organizationId: 'org_1', role: 'OWNER', name: 'n', tokenId: 'tok_1' },
};
const token = (secret: string): Credential => ({ kind: 'token', secret });

describe('a token that somebody streams with', () => {
  let answer: () => Promise<KnownUser | undefined>;
  let turns: (() => Promise<void>)[];
  let pauses: number[];
  let asked: number;
  let watch: TokenWatch;
  const pass = async () => {
    for (const turn of [...turns]) await turn();
  };

  beforeEach(() => {
    answer = () => Promise.resolve(user);
    turns = [];
    pauses = [];
    asked = 0;
    const refresh = () => {
      asked += 1;
      return answer();
    };
    const repeat = (pauseMs: number, work: () => Promise<void>) => {
      pauses.push(pauseMs);
      turns.push(work);
      return () => void turns.splice(turns.indexOf(work), 1);
    };
    watch = new TokenWatch({ callers: { refresh }, hash: ({ secret }) => secret, repeat, log: silentLog });
  });

  it('is asked about once for all its streams, and no longer than there is one', async () => {
    const stops = [
      watch.watch(token('a'), user, () => undefined),
      watch.watch(token('a'), user, () => undefined),
    ];
    expect(asked).toBe(1);
    await pass();
    expect(asked).toBe(2);
    stops.forEach((stop) => stop());
    expect(turns).toEqual([]);
  });

  it('ends a stream at once that was let in by an answer from before its revocation', async () => {
    answer = () => Promise.resolve(undefined);
    const ended = new Promise<void>((resolve) => void watch.watch(token('a'), user, resolve));
    await ended;
    expect(turns).toEqual([]);
  });

  it('is asked about so often that its streams end within 5 seconds, of which one is for the answer', () => {
    watch.watch(token('a'), user, () => undefined);
    expect(pauses).toHaveLength(1);
    expect(pauses[0]).toBeLessThanOrEqual(4_000);
  });

  it.each([
    ['revoked', undefined],
    ['somebody else’s', { caller: { ...user.caller, organizationId: 'org_2' } }],
    ['of another role', { caller: { ...user.caller, role: 'VIEWER' as const } }],
  ])('ends all its streams once it is %s', async (_what, now) => {
    const ended: number[] = [];
    watch.watch(token('a'), user, () => ended.push(1));
    watch.watch(token('a'), user, () => ended.push(2));
    await pass();
    expect(ended).toEqual([]);
    answer = () => Promise.resolve(now);
    await pass();
    await pass();
    expect(ended).toEqual([1, 2]);
    expect(turns).toEqual([]);
  });

  it('keeps its streams while identity is away for a while, not for ever', async () => {
    let ended = 0;
    watch.watch(token('a'), user, () => (ended += 1));
    answer = () => Promise.reject(new Error('away'));
    for (let i = 0; i < 10; i++) await pass();
    answer = () => Promise.resolve(user);
    await pass();
    expect(ended).toBe(0);
    answer = () => Promise.reject(new Error('away'));
    for (let i = 0; i < 11; i++) await pass();
    expect(ended).toBe(1);
  });
});
