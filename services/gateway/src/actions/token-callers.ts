import { IdentityUnreachable, type CallerDirectory, type Credential, type KnownUser } from '../ports.js';

export interface TokenCallersOptions {
  readonly directory: Pick<CallerDirectory, 'user'>;
  /** One-way: the memory of the gateway holds no secret longer than its call. */
  readonly hash: (credential: Credential) => string;
  /** Real milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** By which tokens end. */
  readonly wallClock: () => Date;
}

/** Answers are used again for so long at most, counted from the question: a revoked token ends within 5 seconds. */
export const GOOD_FOR_MS = 4_000;
/** A refused token is not asked about at every call either, so that a stranger cannot keep identity busy. */
const REFUSED_FOR_MS = 1_000;
/**
 * While identity cannot be asked from here, a user whom it confirmed so long ago at most still sees what the other
 * services know. Changes wait for its word: it may have been told elsewhere that the token is revoked.
 */
const TRUSTED_FOR_MS = 300_000;
/** How long identity is waited for where there is an earlier answer. */
const PATIENCE_MS = 400;
const MOST_REMEMBERED = 10_000;

interface Confirmed {
  readonly user: KnownUser;
  readonly at: number;
}

interface Remembered {
  readonly answer: Promise<KnownUser | undefined>;
  readonly askedAt: number;
  goodForMs: number;
}

/** Who has which token or session, remembered for a moment, so that a busy client costs identity one question in 4 seconds. */
export class TokenCallers {
  readonly #remembered = new Map<string, Remembered>();
  readonly #confirmed = new Map<string, Confirmed>();

  constructor(private readonly options: TokenCallersOptions) {}

  /**
   * The user of a credential; `undefined` when it is no good.
   *
   * @throws IdentityUnreachable
   */
  async userOf(credential: Credential): Promise<KnownUser | undefined> {
    const key = this.options.hash(credential);
    const known = this.#remembered.get(key);
    const isFresh = known && this.options.now() - known.askedAt < known.goodForMs;
    const trusted = this.#trusted(key);
    const answer = isFresh ? known.answer : this.#ask(key, credential);
    return trusted ? this.#orTrusted(answer, trusted) : answer;
  }

  /** The same, asked anew: for those who watch whether it is still good. */
  refresh(credential: Credential): Promise<KnownUser | undefined> {
    return this.#ask(this.options.hash(credential), credential);
  }

  #trusted(key: string): KnownUser | undefined {
    const confirmed = this.#confirmed.get(key);
    if (!confirmed || this.options.now() - confirmed.at > TRUSTED_FOR_MS) return undefined;
    const { expiresAt } = confirmed.user;
    return expiresAt && expiresAt <= this.options.wallClock() ? undefined : confirmed.user;
  }

  async #orTrusted(
    answer: Promise<KnownUser | undefined>,
    trusted: KnownUser,
  ): Promise<KnownUser | undefined> {
    // Nobody may wait for it.
    answer.catch(() => undefined);
    const unconfirmed: KnownUser = { ...trusted, confirmation: answer };
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<KnownUser>((resolve) => {
      timer = setTimeout(() => resolve(unconfirmed), PATIENCE_MS);
    });
    const unreachable = (error: unknown): KnownUser => {
      if (error instanceof IdentityUnreachable) return unconfirmed;
      throw error;
    };
    return Promise.race([answer.catch(unreachable), late]).finally(() => clearTimeout(timer));
  }

  #ask(key: string, credential: Credential): Promise<KnownUser | undefined> {
    const answer = this.options.directory.user(credential);
    const asked: Remembered = { answer, askedAt: this.options.now(), goodForMs: GOOD_FOR_MS };
    keep(this.#remembered, key, asked);
    const forget = () => this.#remembered.get(key) === asked && this.#remembered.delete(key);
    answer.then((user) => this.#hear(key, asked, user), forget);
    return answer;
  }

  #hear(key: string, asked: Remembered, user: KnownUser | undefined): void {
    asked.goodForMs = user ? GOOD_FOR_MS : REFUSED_FOR_MS;
    if (!user) this.#confirmed.delete(key);
    // A slow answer to an older question says nothing against a newer refusal.
    else if (this.#remembered.get(key) === asked) keep(this.#confirmed, key, { user, at: asked.askedAt });
  }
}

function keep<Value>(memory: Map<string, Value>, key: string, value: Value): void {
  memory.delete(key);
  memory.set(key, value);
  const [oldest] = memory.keys();
  if (memory.size > MOST_REMEMBERED && oldest !== undefined) memory.delete(oldest);
}
