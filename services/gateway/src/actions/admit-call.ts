import { bearerToken } from '../domain/bearer-token.js';
import type { Headers } from '../domain/forwarded-headers.js';
import { machineProof } from '../domain/machine-proof.js';
import type { PublicRoute } from '../domain/public-routes.js';
import type { CallerDirectory, CallerFrom } from '../ports.js';
import type { TokenCallers } from './token-callers.js';

/** Those who know callers. */
export interface Doorkeepers {
  readonly directory: Pick<CallerDirectory, 'machine'>;
  readonly callers: Pick<TokenCallers, 'userOf'>;
}

/** A call to a public route, before anyone knows who makes it. */
export interface UnknownCall {
  readonly route: PublicRoute;
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  readonly headers: Headers;
  readonly bodySha256: string;
  readonly source: string;
}

/** Who calls, or the code of the refusal. */
export type Admission = { readonly caller: CallerFrom } | { readonly refused: string };

/**
 * Says who makes a call to a public route. A proof that is there must be good, also where none is needed.
 *
 * @throws IdentityUnreachable
 */
export async function admitCall({ directory, callers }: Doorkeepers, call: UnknownCall): Promise<Admission> {
  const { route, method, path, headers, bodySha256, source } = call;
  if (route.apiToken === 'required') return admitUser(callers, call);
  const anonymous: Admission = { caller: { kind: 'anonymous', source } };
  if (route.machineProof === 'ignored') return anonymous;
  const proof = machineProof(headers);
  if (!proof) return route.machineProof === 'optional' ? anonymous : { refused: 'unauthorized' };
  const answer = await directory.machine({ ...proof, method, path, bodySha256, source });
  return 'refused' in answer ? answer : { caller: { ...answer.caller, source } };
}

async function admitUser(
  callers: Doorkeepers['callers'],
  { headers, source }: UnknownCall,
): Promise<Admission> {
  const token = bearerToken(headers.authorization);
  const user = token === undefined ? undefined : await callers.userOf(token);
  return user ? { caller: { ...user.caller, source } } : { refused: 'unauthorized' };
}
