import {
  Body,
  Controller,
  ForbiddenException,
  HttpCode,
  Inject,
  Post,
  UnauthorizedException,
} from '@nestjs/common';
import type { MachineCaller } from '@cleanroom/kernel';
import { hashToken, isToken } from '@cleanroom/secrets';
import { RequestCaller, type SignedCaller } from '@cleanroom/service-kit';
import { z } from 'zod';
import { API_TOKEN_PREFIX } from '../../actions/api-tokens.js';
import { CallerDirectory } from '../postgres/caller-directory.js';
import { isProven } from './machine-proof.js';

const question = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('token'), token: z.string().max(512) }),
  z.object({
    kind: z.literal('machine'),
    credential: z.string().max(512),
    method: z.string(),
    path: z.string().max(4096),
    bodySha256: z.string(),
    time: z.string(),
    nonce: z.string().max(64),
    signature: z.string().max(512),
    source: z.string(),
  }),
]);

type MachineQuestion = Extract<z.infer<typeof question>, { kind: 'machine' }>;

/** The one question that another process asks this service directly: who is calling? Only the gateway may. */
@Controller('internal/callers')
export class CallersController {
  constructor(@Inject(CallerDirectory) private readonly directory: CallerDirectory) {}

  @Post()
  @HttpCode(200)
  async resolve(@RequestCaller() gateway: SignedCaller, @Body() body: unknown): Promise<object> {
    if (gateway.kind !== 'anonymous') throw new ForbiddenException({ error: 'forbidden' });
    const asked = question.safeParse(body);
    if (!asked.success) throw new UnauthorizedException({ error: 'unauthorized' });
    if (asked.data.kind === 'machine') return { caller: await this.machine(asked.data) };
    const { token } = asked.data;
    const found = isToken(API_TOKEN_PREFIX, token)
      ? await this.directory.byToken(hashToken(token))
      : undefined;
    if (!found) throw new UnauthorizedException({ error: 'unauthorized' });
    return { caller: found.caller, ...(found.expiresAt ? { expiresAt: found.expiresAt.toISOString() } : {}) };
  }

  /** From its own address, with its own key, and never the same proof twice. */
  private async machine(proof: MachineQuestion): Promise<MachineCaller> {
    const found = await this.directory.byCredential(hashToken(proof.credential));
    if (!found) throw new UnauthorizedException({ error: 'invalid_client' });
    if (found.address !== proof.source) throw new UnauthorizedException({ error: 'access_denied' });
    const proven =
      isProven(proof, found.public_key, Date.now()) && (await this.directory.useNonce(proof.nonce));
    if (!proven) throw new UnauthorizedException({ error: 'invalid_client' });
    const {
      id: machineId,
      organization_id: organizationId,
      runner_id: runnerId,
      pool_id: poolId,
      generation,
    } = found;
    return { kind: 'machine', organizationId, poolId, runnerId, machineId, generation };
  }
}
