import type { Refusal, Role, UserCaller } from '@cleanroom/kernel';
import { refusal } from '@cleanroom/kernel';
import { GraphQLError } from 'graphql';
import type { SignedCaller } from './call-signature.js';

/** What resolvers know of the operation that they answer. One object per operation, so nothing in it outlives it. */
export interface SubgraphContext {
  readonly caller: SignedCaller;
  /** Address of the caller's socket. */
  readonly source: string;
  /** Batches and caches of this operation, by name. */
  readonly loaders: Map<string, unknown>;
}

/** @throws GraphQLError `FORBIDDEN` when the caller is no user of an organisation */
export function callerOf({ caller }: SubgraphContext): UserCaller {
  if (caller.kind === 'user') return caller;
  throw forbidden('Only users of an organisation may ask this.');
}

/**
 * Who asks, where that is a user with one of these roles.
 *
 * @throws GraphQLError `FORBIDDEN` otherwise
 */
export function callerWithRole(context: SubgraphContext, ...roles: Role[]): UserCaller {
  const caller = callerOf(context);
  const refused = allow(caller, ...roles);
  if (refused) throw forbidden(refused.message);
  return caller;
}

const forbidden = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'FORBIDDEN' } });

/** Refuses a caller whose role is not among those named. */
export const allow = ({ role }: UserCaller, ...roles: Role[]): Refusal | undefined =>
  roles.includes(role) ? undefined : refusal('NOT_ALLOWED', `The role ${role} may not do this.`);
