import type { Answered } from '../src/api.js';
import { officialDescription } from './official-description.js';

/** Holds every answer of a simulator against the official description, where that is at hand. */
export class JudgedAnswers {
  private readonly faults: string[] = [];

  hear({ method, path, status, body }: Answered): void {
    const found = officialDescription()?.faults(method, path, status, body) ?? [];
    this.faults.push(...found.map((fault) => `${method} ${path} ${status}: ${fault}`));
  }

  /** Throws where an answer was not as described, in whatever test it was given. */
  requireFaultless(): void {
    if (this.faults.length === 0) return;
    throw new Error(`answers that are not as described:\n${[...new Set(this.faults)].join('\n')}`);
  }
}
