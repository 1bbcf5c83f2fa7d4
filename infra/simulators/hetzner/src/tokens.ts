import { z } from 'zod';
import { ApiError } from './api-error.js';

const access = z.union([
  z
    .string()
    .transform((text) =>
      text.startsWith('readonly:')
        ? { project: text.slice('readonly:'.length), readonly: true }
        : { project: text, readonly: false },
    ),
  z.object({ project: z.string(), readonly: z.boolean().default(false) }),
]);

/** API tokens and what they open: `{"<token>": "<project>"}`, `"readonly:<project>"` for one that may only read. */
export const tokenMap = z.record(z.string().min(1), access);

export interface Access {
  readonly project: string;
  readonly readonly: boolean;
}

/** The tokens that are valid now. Kept in memory only. */
export class Tokens {
  private readonly known: Map<string, Access>;

  constructor(given: Record<string, Access>) {
    this.known = new Map(Object.entries(given));
  }

  /** Throws 401 for no token or an unknown one. */
  check(authorization: string | undefined): Access {
    const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw new ApiError(401, 'unauthorized', 'token is required');
    const found = this.known.get(token);
    if (!found) throw new ApiError(401, 'unauthorized', 'the token you have provided is invalid');
    return found;
  }

  add(given: Record<string, Access>): void {
    for (const [token, access] of Object.entries(given)) this.known.set(token, access);
  }

  revoke(token: string): void {
    this.known.delete(token);
  }
}
