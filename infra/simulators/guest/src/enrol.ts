import type { Machine } from './machine.js';
import { again, GenerationOver } from './patience.js';
import { proofHeaders } from './proof.js';
import type { Answer } from './voice.js';

const TARGET = '/machine/v1/enrol';

/**
 * Exchanges the ticket for a credential, unless the disk holds one. The key stays the same over all tries, so that
 * an enrolment whose answer was lost can be asked for again.
 */
export async function enrol(machine: Machine): Promise<void> {
  const { settings, disk, patience, log } = machine;
  if (disk.credential) return;
  const { machineId, generation, ticket } = settings;
  const body = JSON.stringify({ machineId, generation, ticket, publicKey: disk.keyPair.publicKey });
  await patience.until('enrolment', async () => {
    const answer = await send(machine, body, {});
    if (answer.status === 410) throw new GenerationOver();
    if (answer.status === 401) log.warn({ error: answer.body.slice(0, 200) }, 'the enrolment was refused');
    if (answer.status !== 200) return again(answer);
    keep(machine, answer);
    return true;
  });
  log.info({}, 'enrolled');
}

/** Asks for a fresh credential by proof of the key. A refusal changes nothing: the old one is used while it lasts. */
export async function renewCredential(machine: Machine): Promise<void> {
  const { machineId, generation } = machine.settings;
  const body = JSON.stringify({ machineId, generation });
  const credential = machine.disk.credential?.token ?? '';
  const call = { method: 'POST', target: TARGET, body };
  const answer = await send(machine, body, proofHeaders(call, credential, machine.disk.keyPair.privateKey));
  if (answer.status === 410) throw new GenerationOver();
  if (answer.status === 200) keep(machine, answer);
  else machine.log.warn({ status: answer.status }, 'the credential was not renewed');
}

const send = (machine: Machine, body: string, headers: Record<string, string>): Promise<Answer> =>
  machine.voice.say({
    method: 'POST',
    url: `${machine.settings.origin}${TARGET}`,
    headers: { ...headers, 'content-type': 'application/json' },
    body,
  });

/** Half of its life is left for renewing it. */
function keep({ disk, clock }: Machine, { body }: Answer): void {
  const { credential, expiresAt } = JSON.parse(body) as { credential?: unknown; expiresAt?: unknown };
  if (typeof credential !== 'string') throw new Error('the answer holds no credential');
  const now = clock.now().getTime();
  const expires = typeof expiresAt === 'string' ? Date.parse(expiresAt) : Number.NaN;
  const life = Number.isFinite(expires) ? Math.max(0, expires - now) : 3_600_000;
  disk.credential = { token: credential, renewAt: new Date(now + life / 2).toISOString() };
}
