import { IdentityUnreachable, type Credential, type KnownUser } from '../ports.js';
import { TokenCallers } from './token-callers.js';

const user: KnownUser = {
  caller: { kind: 'user', organizationId: 'org_1', role: 'OWNER', name: 'n', tokenId: 'tok_1' },
};
const token = (secret: string): Credential => ({ kind: 'token', secret });

describe('who has a token', () => {
  let time: number;
  let questions: string[];
  let answer: () => Promise<KnownUser | undefined>;
  let callers: TokenCallers;

  beforeEach(() => {
    time = 0;
    questions = [];
    answer = () => Promise.resolve(user);
    const directory = {
      user: ({ secret }: Credential) => {
        questions.push(secret);
        return answer();
      },
    };
    callers = new TokenCallers({
      directory,
      hash: ({ kind, secret }) => `#${kind} ${secret}`,
      now: () => time,
      wallClock: () => new Date(time),
    });
  });

  it('is asked once in 4 seconds, counted from the question', async () => {
    await callers.userOf(token('a'));
    time = 3_999;
    expect(await callers.userOf(token('a'))).toBe(user);
    expect(questions).toEqual(['a']);
    time = 4_000;
    await callers.userOf(token('a'));
    expect(questions).toEqual(['a', 'a']);
  });

  it('is asked once for many calls at the same moment', async () => {
    await Promise.all(Array.from({ length: 50 }, () => callers.userOf(token('a'))));
    expect(questions).toHaveLength(1);
  });

  it('is not mixed up between tokens', async () => {
    await callers.userOf(token('a'));
    answer = () => Promise.resolve(undefined);
    expect(await callers.userOf(token('b'))).toBeUndefined();
    expect(await callers.userOf(token('a'))).toBe(user);
  });

  it('is asked again after a second where it was nobody', async () => {
    answer = () => Promise.resolve(undefined);
    await callers.userOf(token('a'));
    time = 999;
    await callers.userOf(token('a'));
    expect(questions).toHaveLength(1);
    time = 1_000;
    await callers.userOf(token('a'));
    expect(questions).toHaveLength(2);
  });

  it('is nobody any more, although a good answer to an older question comes late', async () => {
    const { promise: slow, resolve: answerLate } = Promise.withResolvers<KnownUser>();
    answer = () => slow;
    const first = callers.userOf(token('a'));
    time = 5_000;
    answer = () => Promise.resolve(undefined);
    expect(await callers.userOf(token('a'))).toBeUndefined();
    answerLate(user);
    await first;
    time = 7_000;
    answer = () => Promise.reject(new IdentityUnreachable());
    await expect(callers.userOf(token('a'))).rejects.toThrow(IdentityUnreachable);
  });

  it('is asked again at once where nobody answered', async () => {
    answer = () => Promise.reject(new Error('away'));
    await expect(callers.userOf(token('a'))).rejects.toThrow('away');
    answer = () => Promise.resolve(user);
    expect(await callers.userOf(token('a'))).toBe(user);
  });

  it('is asked anew for those who watch, and their answer is everybody’s', async () => {
    await callers.userOf(token('a'));
    answer = () => Promise.resolve(undefined);
    await callers.refresh(token('a'));
    expect(await callers.userOf(token('a'))).toBeUndefined();
    expect(questions).toHaveLength(2);
  });

  it('is forgotten when there are more than can be remembered, the oldest first', async () => {
    for (let i = 0; i <= 10_000; i++) await callers.userOf(token(`t${i}`));
    await callers.userOf(token('t10000'));
    expect(questions).toHaveLength(10_001);
    await callers.userOf(token('t0'));
    expect(questions).toHaveLength(10_002);
  });

  describe('while identity cannot be asked', () => {
    const unreachable = () => Promise.reject(new IdentityUnreachable());

    it('is what identity said before, for 5 minutes', async () => {
      await callers.userOf(token('a'));
      answer = unreachable;
      time = 300_000;
      expect(await callers.userOf(token('a'))).toMatchObject(user);
      time = 300_001;
      await expect(callers.userOf(token('a'))).rejects.toThrow(IdentityUnreachable);
    });

    it('is said soon when identity hangs, however often it is asked', async () => {
      await callers.userOf(token('a'));
      answer = () => new Promise(() => undefined);
      time = 4_000;
      // Who waited for identity would wait for ever.
      for (let call = 0; call < 2; call += 1) expect(await callers.userOf(token('a'))).toMatchObject(user);
    });

    it('is said together with what it will say, for those who may not rely on it', async () => {
      await callers.userOf(token('a'));
      let say: (answer: KnownUser | undefined) => void = () => undefined;
      answer = () => new Promise((resolve) => (say = resolve));
      time = 4_000;
      const unconfirmed = await callers.userOf(token('a'));
      say(undefined);
      expect(await unconfirmed?.confirmation).toBeUndefined();
      expect(unconfirmed?.confirmation).toBeDefined();
    });

    it('is nobody where the token has ended since, or was refused last', async () => {
      answer = () => Promise.resolve({ ...user, expiresAt: new Date(10_000) });
      await callers.userOf(token('a'));
      await callers.userOf(token('b'));
      answer = () => Promise.resolve(undefined);
      time = 5_000;
      expect(await callers.userOf(token('b'))).toBeUndefined();
      answer = unreachable;
      time = 10_000;
      await expect(callers.userOf(token('a'))).rejects.toThrow(IdentityUnreachable);
      await expect(callers.userOf(token('b'))).rejects.toThrow(IdentityUnreachable);
    });

    it('is watched strictly: a stream does not live on an old answer', async () => {
      await callers.userOf(token('a'));
      answer = unreachable;
      await expect(callers.refresh(token('a'))).rejects.toThrow(IdentityUnreachable);
    });
  });
});
