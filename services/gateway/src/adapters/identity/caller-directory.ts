import { signCall, traceHeaders } from '@cleanroom/service-kit/edge';
import type { MachineCaller } from '@cleanroom/kernel';
import { request, type Dispatcher } from 'undici';
import { z } from 'zod';
import { IdentityUnreachable, type CallerDirectory, type KnownUser, type MachineCall } from '../../ports.js';

const PATH = '/internal/callers';
/** Below the pause between two checks of a streaming token, so that a revoked one ends within 5 seconds. */
const ANSWER_WITHIN_MS = 1_500;

const user = z.object({
  kind: z.literal('user'),
  organizationId: z.string().min(1),
  role: z.enum(['OWNER', 'OPERATOR', 'VIEWER']),
  name: z.string(),
  tokenId: z.string(),
});
const machine = z.object({
  kind: z.literal('machine'),
  organizationId: z.string().min(1),
  poolId: z.string().min(1),
  runnerId: z.string().min(1),
  machineId: z.string().min(1),
  generation: z.number().int(),
});
const userAnswer = z.object({ caller: user, expiresAt: z.iso.datetime({ offset: true }).nullish() });
const machineAnswer = z.object({ caller: machine });
const refusal = z.object({ error: z.string().regex(/^[a-z_]{1,64}$/) });

export interface DirectoryOptions {
  /** Origin of the identity service. */
  readonly origin: string;
  readonly gatewayKey: string;
  readonly dispatcher: Dispatcher;
}

/** Asks the identity service who somebody is; the questions are signed as nobody's. */
export class HttpCallerDirectory implements CallerDirectory {
  constructor(private readonly options: DirectoryOptions) {}

  async user(token: string): Promise<KnownUser | undefined> {
    const { status, body } = await this.#ask({ kind: 'token', token });
    if (status === 401) return undefined;
    const { caller, expiresAt } = understood(userAnswer, status, body);
    return { caller, ...(expiresAt ? { expiresAt: new Date(expiresAt) } : {}) };
  }

  async machine(call: MachineCall): Promise<{ caller: MachineCaller } | { refused: string }> {
    const { status, body } = await this.#ask({ kind: 'machine', ...call }, call.source);
    if (status === 401) return { refused: refusal.safeParse(body).data?.error ?? 'unauthorized' };
    return { caller: understood(machineAnswer, status, body).caller };
  }

  async #ask(question: object, source = ''): Promise<{ status: number; body: unknown }> {
    const { origin, gatewayKey, dispatcher } = this.options;
    const body = JSON.stringify(question);
    const signed = signCall(gatewayKey, { kind: 'anonymous', source }, { method: 'POST', path: PATH, body });
    try {
      const answer = await request(`${origin}${PATH}`, {
        method: 'POST',
        headers: { ...signed, ...traceHeaders(), 'content-type': 'application/json' },
        body,
        dispatcher,
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      return { status: answer.statusCode, body: await answer.body.json() };
    } catch (error) {
      throw new IdentityUnreachable('identity does not answer', { cause: error });
    }
  }
}

/** An answer that is neither a caller nor a refusal says nothing about the caller. */
function understood<Schema extends z.ZodType>(
  schema: Schema,
  status: number,
  body: unknown,
): z.infer<Schema> {
  const parsed = schema.safeParse(body);
  if (status === 200 && parsed.success) return parsed.data;
  throw new IdentityUnreachable(`identity answered ${status}, not who calls`);
}
