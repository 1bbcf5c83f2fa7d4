import {
  createParamDecorator,
  ForbiddenException,
  UnauthorizedException,
  type ExecutionContext,
} from '@nestjs/common';
import type { MachineCaller } from '@cleanroom/kernel';
import type { SignedCaller } from './call-signature.js';
import type { SignedRequest } from './signed-calls.js';

/** The caller of an HTTP request, as the gateway signed it. */
export const RequestCaller = createParamDecorator((_: unknown, context: ExecutionContext): SignedCaller => {
  const { caller } = context.switchToHttp().getRequest<SignedRequest>();
  if (!caller) throw new UnauthorizedException();
  return caller;
});

/** The machine that calls; refuses everybody else. */
export const RequestMachine = createParamDecorator(
  (_: unknown, context: ExecutionContext): MachineCaller & { source: string } => {
    const { caller } = context.switchToHttp().getRequest<SignedRequest>();
    if (caller?.kind !== 'machine') throw new ForbiddenException();
    return caller;
  },
);

/** The bytes of the body as they came over the wire. */
export const RawBody = createParamDecorator(
  (_: unknown, context: ExecutionContext): Buffer =>
    context.switchToHttp().getRequest<SignedRequest>().rawBody ?? Buffer.alloc(0),
);
