import { createHash, timingSafeEqual } from 'node:crypto';
import { inspect } from 'node:util';

const SHOWN = '[secret]';

/** A value that cannot be printed by accident: logs, JSON, templates and the inspector show a placeholder. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. Call it where it is sent, and nowhere else. */
  reveal(): string {
    return this.#value;
  }

  /** Compares in a time that tells nothing about where two values differ. */
  equals(other: Secret): boolean {
    return timingSafeEqual(digest(this.#value), digest(other.reveal()));
  }

  /** Tells two secrets apart without showing either. */
  fingerprint(): string {
    return digest(this.#value).toString('base64url');
  }

  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }

  [inspect.custom](): string {
    return SHOWN;
  }
}

const digest = (value: string): Buffer => createHash('sha256').update(value).digest();
