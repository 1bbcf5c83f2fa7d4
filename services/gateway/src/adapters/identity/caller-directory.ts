import { signCall, traceHeaders } from '@cleanroom/service-kit/edge';
import type { MachineCaller } from '@cleanroom/kernel';
import { request, type Dispatcher } from 'undici';
import { z } from 'zod';
import {
  IdentityUnreachable,
  type CallerDirectory,
  type Credential,
  type KnownUser,
  type MachineCall,
} from '../../ports.js';

const PATH = '/internal/callers';
/** Below the pause between two checks of a streaming token, so that a revoked one ends within 5 seconds. */
const ANSWER_WITHIN_MS = 1_500;

const userAnswer = z.object({
  kind: z.enum(['TOKEN', 'SESSION']),
  organizationId: z.string().min(1),
  role: z.enum(['OWNER', 'OPERATOR', 'VIEWER']),
  actorId: z.string(),
  name: z.string(),
  expiresAt: z.iso.datetime({ offset: true }).nullish(),
});
const machineAnswer = z.object({
  kind: z.literal('MACHINE'),
  organizationId: z.string().min(1),
  runnerId: z.string().min(1),
  machineId: z.string().min(1),
  generation: z.number().int(),
});
/** Of these fields some are for machines only; every question has the others. */
const NO_CALL = { sourceAddress: '', method: 'POST', path: '/graphql' } as const;

type Question = Readonly<Record<string, string>> & { readonly sourceAddress: string };

export interface DirectoryOptions {
  /** Origin of the identity service. */
  readonly origin: string;
  readonly gatewayKey: string;
  readonly dispatcher: Dispatcher;
}

/** Asks the identity service who somebody is; the questions are signed as nobody's. */
export class HttpCallerDirectory implements CallerDirectory {
  constructor(private readonly options: DirectoryOptions) {}

  async user({ kind, secret }: Credential): Promise<KnownUser | undefined> {
    const shown: Record<string, string> =
      kind === 'token' ? { authorization: `Bearer ${secret}` } : { session: secret };
    const answer = await this.#ask(userAnswer, { ...NO_CALL, ...shown });
    if (!answer) return undefined;
    const { organizationId, role, actorId: tokenId, name, expiresAt } = answer;
    const caller = { kind: 'user', organizationId, role, name, tokenId } as const;
    return { caller, ...(expiresAt ? { expiresAt: new Date(expiresAt) } : {}) };
  }

  async machine({ source, ...call }: MachineCall): Promise<MachineCaller | undefined> {
    const answer = await this.#ask(machineAnswer, { ...call, sourceAddress: source });
    return answer && { ...answer, kind: 'machine' };
  }

  /** `undefined` where identity knows nobody who calls so. */
  async #ask<Schema extends z.ZodType>(
    schema: Schema,
    question: Question,
  ): Promise<z.infer<Schema> | undefined> {
    const { status, body } = await this.#post(question);
    return status === 401 ? undefined : understood(schema, status, body);
  }

  async #post(question: Question): Promise<{ status: number; body: unknown }> {
    const { origin, gatewayKey, dispatcher } = this.options;
    const body = JSON.stringify(question);
    const signed = signCall(
      gatewayKey,
      { kind: 'anonymous', source: question.sourceAddress },
      { method: 'POST', path: PATH, body },
    );
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
