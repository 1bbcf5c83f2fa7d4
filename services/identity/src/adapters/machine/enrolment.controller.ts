import { createPublicKey } from 'node:crypto';
import { Body, Controller, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { isId } from '@cleanroom/kernel';
import { hashToken } from '@cleanroom/secrets';
import { RequestCaller, type SignedCaller } from '@cleanroom/service-kit';
import { z } from 'zod';
import { enrolMachine, renewCredential, type Enrolment } from '../../actions/enrol-machine.js';
import type { IdentityPorts } from '../../ports.js';
import { IDENTITY_PORTS, ISSUER } from '../injection.js';
import { CallerDirectory } from '../postgres/caller-directory.js';

const request = z.object({
  machineId: z.string().refine((id) => isId('machine', id)),
  generation: z.coerce.number().int().min(1),
  ticket: z.string().max(128),
  publicKey: z.string().max(512).refine(isP256),
});

/** As much of the HTTP answer as is set here. */
interface Reply {
  code(status: number): Reply;
  header(name: string, value: string): Reply;
}

/** Where a machine comes in: once, with its ticket; afterwards to renew what it got. */
@Controller('machine/v1/enrol')
export class EnrolmentController {
  constructor(
    @Inject(IDENTITY_PORTS) private readonly ports: IdentityPorts,
    @Inject(CallerDirectory) private readonly directory: CallerDirectory,
    @Inject(ISSUER) private readonly issuer: string,
  ) {}

  @Post()
  @HttpCode(200)
  async enrol(
    @RequestCaller() caller: SignedCaller,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<object> {
    const outcome =
      caller.kind === 'machine'
        ? await renewCredential(this.ports, caller.organizationId, caller)
        : await this.admit(caller.source, body);
    if (outcome.kind === 'not-ready') {
      reply.code(503).header('retry-after', '1');
      return { error: 'not_ready' };
    }
    if (outcome.kind === 'refused') {
      reply.code(401);
      return { error: 'invalid_ticket' };
    }
    const { credential, expiresAt, runnerId } = outcome;
    return { credential, expiresAt: expiresAt.toISOString(), runnerId, issuer: this.issuer };
  }

  private async admit(source: string, body: unknown): Promise<Enrolment> {
    const parsed = request.safeParse(body);
    if (!parsed.success) return { kind: 'refused' };
    const { machineId, generation, ticket, publicKey } = parsed.data;
    const organizationId = await this.directory.organizationOfMachine(machineId);
    // The event that tells of the machine may be slower than its boot; the agent asks again.
    if (organizationId === undefined) return { kind: 'not-ready' };
    return enrolMachine(this.ports, organizationId, machineId, {
      generation,
      ticketHash: hashToken(ticket),
      publicKey,
      source,
    });
  }
}

/** Public halves only: from a private key one could be made, and the key would be kept as it came. */
function isP256(pem: string): boolean {
  if (!/^-----BEGIN PUBLIC KEY-----\s/.test(pem)) return false;
  try {
    return createPublicKey(pem).asymmetricKeyDetails?.namedCurve === 'prime256v1';
  } catch {
    return false;
  }
}
