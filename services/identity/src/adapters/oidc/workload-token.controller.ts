import { randomUUID } from 'node:crypto';
import { Controller, Get, Header, Inject, Query, Res } from '@nestjs/common';
import type { MachineCaller } from '@cleanroom/kernel';
import { RequestCaller, type SignedCaller } from '@cleanroom/service-kit';
import { SignJWT } from 'jose';
import { isUsable } from '../../domain/enrolment.js';
import { workloadSubject } from '../../domain/workload-subject.js';
import type { IdentityPorts } from '../../ports.js';
import { IDENTITY_PORTS, ISSUER } from '../injection.js';
import { SIGNING_ALGORITHM, SigningKeys } from './signing-keys.js';

const TOKEN_SECONDS = 300;
const LONGEST_AUDIENCE = 256;
/** How long the audit log tells of each token; the database lets go of none that is younger. */
const TOLD_FOR_MS = 90 * 24 * 3_600_000;

interface Reply {
  code(status: number): Reply;
}

/** Tokens for enrolled machines, for one audience each, good for five minutes. Refusals are OAuth's. */
@Controller('machine/v1/token')
export class WorkloadTokenController {
  constructor(
    @Inject(IDENTITY_PORTS) private readonly ports: IdentityPorts,
    @Inject(SigningKeys) private readonly keys: SigningKeys,
    @Inject(ISSUER) private readonly issuer: string,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  async issue(
    @RequestCaller() caller: SignedCaller,
    @Query('audience') audience: unknown,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<object> {
    const refuse = (status: number, error: string, description: string) => {
      reply.code(status);
      return { error, error_description: description };
    };
    if (caller.kind !== 'machine')
      return refuse(401, 'invalid_client', 'Only an enrolled machine gets a token.');
    if (typeof audience !== 'string' || audience.trim() === '')
      return refuse(400, 'invalid_request', 'Exactly one audience is needed.');
    if (audience.length > LONGEST_AUDIENCE)
      return refuse(400, 'invalid_request', `An audience has at most ${LONGEST_AUDIENCE} characters.`);
    const usable = await this.isStillUsable(caller);
    return usable
      ? this.sign(caller, audience)
      : refuse(403, 'access_denied', 'The machine is not in use any more.');
  }

  private isStillUsable({ organizationId, machineId, generation }: MachineCaller): Promise<boolean> {
    return this.ports.transactions.inOrganization(organizationId, async (tx) => {
      const machine = await tx.machines.find(machineId);
      return machine !== undefined && isUsable(machine, generation);
    });
  }

  /** Every claim is what we know ourselves; nothing comes from the machine but the audience. All of them are text. */
  private async sign(caller: MachineCaller & { source: string }, audience: string): Promise<object> {
    const { organizationId, poolId, runnerId, machineId, generation, source } = caller;
    const now = this.ports.now();
    const issuedAt = Math.floor(now.getTime() / 1000);
    const { id, key } = await this.keys.signing();
    const claims = { org: organizationId, pool: poolId, runner: runnerId, machine: machineId };
    const token = await new SignJWT({ ...claims, generation: String(generation), runner_ip: source })
      .setProtectedHeader({ alg: SIGNING_ALGORITHM, kid: id, typ: 'JWT' })
      .setIssuer(this.issuer)
      .setSubject(workloadSubject(caller))
      .setAudience(audience)
      .setIssuedAt(issuedAt)
      .setNotBefore(issuedAt - 5)
      .setExpirationTime(issuedAt + TOKEN_SECONDS)
      .setJti(randomUUID())
      .sign(key);
    await this.ports.transactions.inOrganization(organizationId, async (tx) => {
      await tx.machines.tokenIssued(runnerId, now);
      await tx.audit('machine', 'issue-workload-token', runnerId);
      // On the way, some at a time: there are as many as there were tokens.
      await tx.forgetIssuedTokens(new Date(now.getTime() - TOLD_FOR_MS));
    });
    return { token, expiresAt: new Date((issuedAt + TOKEN_SECONDS) * 1000).toISOString() };
  }
}
