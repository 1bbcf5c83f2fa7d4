import type { Log } from '@cleanroom/kernel';
import type { Credential, KnownUser } from '../ports.js';
import type { TokenCallers } from './token-callers.js';

export interface TokenWatchOptions {
  readonly callers: Pick<TokenCallers, 'refresh'>;
  readonly hash: (credential: Credential) => string;
  /** Calls `work` again and again until it is stopped; `pauseMs` are real milliseconds. */
  readonly repeat: (pauseMs: number, work: () => Promise<void>) => () => void;
  readonly log: Log;
}

/** Between two questions about a token that somebody streams with. With the answer's own time, below 5 seconds. */
const PAUSE_MS = 3_000;
/** So often may identity be silent in a row, about half a minute, before a stream is ended unheard. */
const MOST_SILENCES = 10;

interface Watched {
  readonly listeners: Set<() => void>;
  readonly stop: () => void;
}

/**
 * Ends streams whose token or session is no longer good: while somebody streams with one, identity is asked about it
 * at once and every 3 seconds, once however many streams there are.
 */
export class TokenWatch {
  readonly #watched = new Map<string, Watched>();

  constructor(private readonly options: TokenWatchOptions) {}

  /**
   * Calls `onEnd` once when the credential is revoked, expires, or is somebody else's. Returns how to stop watching.
   *
   * @param user whom it belonged to when the stream began
   */
  watch(credential: Credential, user: KnownUser, onEnd: () => void): () => void {
    const key = `${this.options.hash(credential)} ${JSON.stringify(user.caller)}`;
    const watched = this.#watched.get(key) ?? this.#begin(key, credential, user);
    watched.listeners.add(onEnd);
    return () => {
      watched.listeners.delete(onEnd);
      if (watched.listeners.size === 0) this.#end(key, watched);
    };
  }

  #begin(key: string, credential: Credential, user: KnownUser): Watched {
    let silences = 0;
    const look = async () => {
      const isGood = await this.#isStill(credential, user);
      silences = isGood === undefined ? silences + 1 : 0;
      if (isGood === false || silences > MOST_SILENCES) this.#tell(key);
    };
    const stop = this.options.repeat(PAUSE_MS, look);
    // What let the stream in may be seconds old already: a pause on top of that would be too long.
    void look();
    const watched = { listeners: new Set<() => void>(), stop };
    this.#watched.set(key, watched);
    return watched;
  }

  /** `undefined` when identity does not say. */
  async #isStill(credential: Credential, { caller }: KnownUser): Promise<boolean | undefined> {
    try {
      const now = await this.options.callers.refresh(credential);
      return now !== undefined && JSON.stringify(now.caller) === JSON.stringify(caller);
    } catch (error) {
      this.options.log.warn({ error }, 'identity does not say whether a credential is still good');
      return undefined;
    }
  }

  #tell(key: string): void {
    const watched = this.#watched.get(key);
    if (!watched) return;
    this.#end(key, watched);
    for (const listener of watched.listeners) listener();
  }

  #end(key: string, watched: Watched): void {
    watched.stop();
    if (this.#watched.get(key) === watched) this.#watched.delete(key);
  }
}
