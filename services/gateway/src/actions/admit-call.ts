import type { Headers } from '../domain/forwarded-headers.js';
import { machineProof } from '../domain/machine-proof.js';
import type { PublicRoute } from '../domain/public-routes.js';
import type { CallerDirectory, CallerFrom, Credential } from '../ports.js';
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
  /** What it shows of a user. */
  readonly credential: Credential | undefined;
  readonly bodySha256: string;
  readonly source: string;
}

/**
 * Who makes a call to a public route; `undefined` where they may not.
 *
 * @throws IdentityUnreachable
 */
export async function admitCall(
  { directory, callers }: Doorkeepers,
  call: UnknownCall,
): Promise<CallerFrom | undefined> {
  const { route, method, path, headers, bodySha256, source } = call;
  if (route.user === 'required') return admitUser(callers, call);
  if (route.machineProof === 'ignored') return { kind: 'anonymous', source };
  const proof = machineProof(headers);
  const machine = proof && (await directory.machine({ ...proof, method, path, bodySha256, source }));
  return machine && { ...machine, source };
}

async function admitUser(
  callers: Doorkeepers['callers'],
  { credential, source }: UnknownCall,
): Promise<CallerFrom | undefined> {
  const user = credential && (await callers.userOf(credential));
  return user && { ...user.caller, source };
}
