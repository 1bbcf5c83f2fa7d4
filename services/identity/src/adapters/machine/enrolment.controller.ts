import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { Body, Controller, Headers, Inject, Post, Res } from '@nestjs/common';
import { isId } from '@cleanroom/kernel';
import { hashToken } from '@cleanroom/secrets';
import { RawBody, RequestCaller, type SignedCaller } from '@cleanroom/service-kit';
import { z } from 'zod';
import { enrolMachine, type Enrolment } from '../../actions/enrol-machine.js';
import type { IdentityPorts } from '../../ports.js';
import { IDENTITY_PORTS } from '../injection.js';
import { CallerDirectory } from '../postgres/caller-directory.js';
import { isProven } from './machine-proof.js';

const request = z.object({
  machineId: z.string().refine((id) => isId('machine', id)),
  generation: z.number().int().min(1).max(999_999_999),
  ticket: z.string().max(128),
  publicKey: z.string().max(512).transform(canonicalKey),
});

const proofHeaders = z.object({
  'x-machine-time': z.string(),
  'x-machine-signature': z.string().max(512),
});

/** As much of the HTTP answer as is set here. */
interface Reply {
  code(status: number): Reply;
  header(name: string, value: string): Reply;
}

interface Call {
  readonly body: unknown;
  readonly raw: Buffer;
  readonly headers: unknown;
  readonly source: string;
}

const PATH = 'machine/v1/enrol';

const REFUSALS = {
  unknown: [503, 'MACHINE_UNKNOWN'],
  invalid: [401, 'TICKET_INVALID'],
  used: [409, 'TICKET_USED'],
} as const;

/** Where a machine comes in, once, with its ticket. */
@Controller(PATH)
export class EnrolmentController {
  constructor(
    @Inject(IDENTITY_PORTS) private readonly ports: IdentityPorts,
    @Inject(CallerDirectory) private readonly directory: CallerDirectory,
  ) {}

  @Post()
  async enrol(
    @RequestCaller() { source }: SignedCaller,
    @Body() body: unknown,
    @RawBody() raw: Buffer,
    @Headers() headers: unknown,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<object> {
    const outcome = await this.judge({ body, raw, headers, source });
    if (outcome.kind === 'enrolled') {
      reply.code(201);
      return { credential: outcome.credential };
    }
    const [status, error] = REFUSALS[outcome.kind];
    reply.code(status);
    if (status === 503) reply.header('retry-after', '1');
    return { error };
  }

  private async judge({ body, raw, headers, source }: Call): Promise<Enrolment> {
    const parsed = request.safeParse(body);
    if (!parsed.success) return { kind: 'invalid' };
    const { machineId, generation, ticket, publicKey } = parsed.data;
    const organizationId = await this.directory.organizationOfMachine(machineId);
    // The event that tells of the machine may be slower than its boot; the agent asks again.
    if (organizationId === undefined) return { kind: 'unknown' };
    return enrolMachine(this.ports, organizationId, machineId, {
      generation,
      ticketHash: hashToken(ticket),
      publicKey,
      isProven: this.isSigned(raw, headers, publicKey),
      source,
    });
  }

  private isSigned(raw: Buffer, headers: unknown, publicKey: string): boolean {
    const { data: proof } = proofHeaders.safeParse(headers);
    if (!proof) return false;
    const signed = {
      ...{ method: 'POST', path: `/${PATH}`, bodySha256: createHash('sha256').update(raw).digest('hex') },
      ...{ time: proof['x-machine-time'], signature: proof['x-machine-signature'] },
    };
    return isProven(signed, publicKey, this.ports.realNow().getTime());
  }
}

/**
 * The one form of a key: it is compared when a machine enrols again, and any text that contains a key is understood as
 * one. Public halves only: from a private key one could be made.
 */
function canonicalKey(pem: string, context: z.RefinementCtx): string {
  const key = /^-----BEGIN PUBLIC KEY-----\s/.test(pem) ? parseKey(pem) : undefined;
  if (key?.asymmetricKeyDetails?.namedCurve === 'prime256v1')
    return key.export({ type: 'spki', format: 'pem' }).toString();
  context.addIssue({ code: 'custom', message: 'takes a P-256 public key' });
  return z.NEVER;
}

function parseKey(pem: string): KeyObject | undefined {
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
}
