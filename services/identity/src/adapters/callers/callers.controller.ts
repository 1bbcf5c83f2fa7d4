import { timingSafeEqual } from 'node:crypto';
import {
  Body,
  Controller,
  ForbiddenException,
  HttpCode,
  Inject,
  Post,
  UnauthorizedException,
} from '@nestjs/common';
import { hashToken, isToken } from '@cleanroom/secrets';
import { RequestCaller, type SignedCaller } from '@cleanroom/service-kit';
import { z } from 'zod';
import { API_TOKEN_PREFIX } from '../../actions/api-tokens.js';
import { SESSION_PREFIX, type KnownToken } from '../../actions/sessions.js';
import { readCredential } from '../../domain/machine-credential.js';
import type { IdentityPorts } from '../../ports.js';
import { IDENTITY_PORTS } from '../injection.js';
import { isProven, onceOf } from '../machine/machine-proof.js';
import { CallerDirectory } from '../postgres/caller-directory.js';

const question = z.object({
  authorization: z.string().max(1_024).optional(),
  session: z.string().max(1_024).optional(),
  sourceAddress: z.string(),
  method: z.string(),
  path: z.string().max(4_096),
  bodySha256: z.string().optional(),
  time: z.string().optional(),
  signature: z.string().max(512).optional(),
});

type Question = z.infer<typeof question>;

/** The one question that another process asks this service directly: who is calling? Only the gateway may. */
@Controller('internal/callers')
export class CallersController {
  constructor(
    @Inject(CallerDirectory) private readonly directory: CallerDirectory,
    @Inject(IDENTITY_PORTS) private readonly ports: IdentityPorts,
  ) {}

  @Post()
  @HttpCode(200)
  async resolve(@RequestCaller() gateway: SignedCaller, @Body() body: unknown): Promise<object> {
    if (gateway.kind !== 'anonymous') throw new ForbiddenException({ error: 'FORBIDDEN' });
    const asked = question.safeParse(body);
    const found = asked.data && (await this.whoAsks(asked.data));
    if (!found) throw new UnauthorizedException({ error: 'UNAUTHENTICATED' });
    return found;
  }

  private async whoAsks(asked: Question): Promise<object | undefined> {
    const { authorization, session } = asked;
    if (authorization === undefined) return session === undefined ? undefined : this.session(session);
    const shown = /^Bearer +([\x21-\x7e]+) *$/i.exec(authorization)?.[1];
    return shown === undefined
      ? undefined
      : ((await this.token(shown)) ?? (await this.machine(shown, asked)));
  }

  private async token(token: string): Promise<object | undefined> {
    if (!isToken(API_TOKEN_PREFIX, token)) return undefined;
    const found = await this.directory.byToken(hashToken(token));
    return found && { kind: 'TOKEN', ...answerOf(found) };
  }

  private async session(session: string): Promise<object | undefined> {
    if (!isToken(SESSION_PREFIX, session)) return undefined;
    const found = await this.directory.bySession(hashToken(session));
    return found && { kind: 'SESSION', ...answerOf(found) };
  }

  /** From its own address, with its own key, and never the same proof twice. */
  private async machine(credential: string, asked: Question): Promise<object | undefined> {
    const { sourceAddress, method, path, bodySha256 = '', time = '', signature = '' } = asked;
    const named = readCredential(credential);
    const found = named && (await this.directory.byMachine(named.machineId, named.generation));
    if (!found || found.address !== sourceAddress) return undefined;
    const { id: machineId, generation, public_key: publicKey } = found;
    if (!isSame(credential, this.ports.credentialOf({ machineId, generation, publicKey }))) return undefined;
    const proof = { method, path, bodySha256, time, signature };
    if (!isProven(proof, publicKey, this.ports.realNow().getTime())) return undefined;
    if (!(await this.directory.useOnce(onceOf(proof)))) return undefined;
    const { organization_id: organizationId, runner_id: runnerId } = found;
    return { kind: 'MACHINE', organizationId, runnerId, machineId, generation };
  }
}

function answerOf({ caller, expiresAt }: KnownToken): object {
  const { organizationId, role, tokenId: actorId, name } = caller;
  return { organizationId, role, actorId, name, expiresAt: expiresAt?.toISOString() ?? null };
}

const isSame = (given: string, expected: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
};
