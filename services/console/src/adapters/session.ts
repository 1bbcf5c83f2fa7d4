import type { MissingPart } from '../domain/who-answers.js';

/** Who is signed in. */
export interface SignedIn {
  readonly name: string;
  readonly role: 'OWNER' | 'OPERATOR' | 'VIEWER';
  readonly organization: string;
}

/** Nobody is signed in, or no longer. */
export class SignedOut extends Error {
  override readonly name = 'SignedOut';
}

/** Whoever was asked gave no answer that can be used. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';

  constructor(
    message: string,
    /** What a service would have answered, where it is known which. */
    readonly missing: readonly MissingPart[] = [],
  ) {
    super(message);
  }
}

export type SignInAnswer = { readonly signedIn: SignedIn } | { readonly refused: string };

const PATH = '/auth/session';

/**
 * Who is signed in; `undefined` where nobody is.
 *
 * @throws NoAnswer
 */
export async function readSession(): Promise<SignedIn | undefined> {
  const response = await asked(fetch(PATH));
  if (response.status === 401) return undefined;
  return signedIn(response);
}

/**
 * Signs in with an API token, which is kept nowhere: the session is in a cookie that no script can read.
 *
 * @throws NoAnswer
 */
export async function signIn(token: string): Promise<SignInAnswer> {
  const headers = { 'content-type': 'application/json' };
  const response = await asked(fetch(PATH, { method: 'POST', headers, body: JSON.stringify({ token }) }));
  if (response.status === 401) return { refused: 'No API token of that kind is valid here.' };
  if (response.status === 429)
    return {
      refused: `Too many attempts. Try again in ${response.headers.get('retry-after') ?? 60} seconds.`,
    };
  return { signedIn: await signedIn(response) };
}

/** @throws NoAnswer */
export async function signOut(): Promise<void> {
  const response = await asked(fetch(PATH, { method: 'DELETE' }));
  if (!response.ok) throw new NoAnswer('The sign-in service does not answer at the moment.');
}

async function asked(answer: Promise<Response>): Promise<Response> {
  return answer.catch(() => {
    throw new NoAnswer('Cleanroom cannot be reached from here.');
  });
}

async function signedIn(response: Response): Promise<SignedIn> {
  if (!response.ok) throw new NoAnswer('The sign-in service does not answer at the moment.');
  return (await response.json()) as SignedIn;
}
