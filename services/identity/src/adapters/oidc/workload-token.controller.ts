import { randomUUID } from 'node:crypto';
import { Controller, Get, Header, Inject, Query, Res } from '@nestjs/common';
import { hasControlCharacters, type MachineCaller } from '@cleanroom/kernel';
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

interface Whence {
  readonly source: string;
  readonly poolId: string;
}

interface Reply {
  code(status: number): Reply;
}

/** Tokens for enrolled machines, for one audience each, good for five minutes. */
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
    const refuse = (status: number, error: string, message: string) => {
      reply.code(status);
      return { error, message };
    };
    if (caller.kind !== 'machine')
      return refuse(401, 'UNAUTHENTICATED', 'Only an enrolled machine gets a token.');
    if (typeof audience !== 'string' || audience.trim() === '')
      return refuse(422, 'INVALID', 'Exactly one audience is needed.');
    if (audience.length > LONGEST_AUDIENCE || !isText(audience))
      return refuse(
        422,
        'INVALID',
        `An audience has at most ${LONGEST_AUDIENCE} characters, all of them text.`,
      );
    const poolId = await this.poolOf(caller);
    return poolId === undefined
      ? refuse(403, 'NOT_READY', 'The machine is not in use.')
      : this.sign({ ...caller, poolId }, audience);
  }

  /** The pool of a machine in use. */
  private poolOf({ organizationId, machineId, generation }: MachineCaller): Promise<string | undefined> {
    return this.ports.transactions.inOrganization(organizationId, async (tx) => {
      const machine = await tx.machines.find(machineId);
      return machine && isUsable(machine, generation) ? machine.poolId : undefined;
    });
  }

  /** Every claim is what we know ourselves; nothing comes from the machine but the audience. All of them are text. */
  private async sign(caller: MachineCaller & Whence, audience: string): Promise<object> {
    const { organizationId, poolId, runnerId, machineId, generation, source } = caller;
    const now = this.ports.now();
    // Those who check a token know the time of the world only.
    const issuedAt = Math.floor(this.ports.realNow().getTime() / 1000);
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

const isText = (audience: string): boolean => audience.isWellFormed() && !hasControlCharacters(audience);
