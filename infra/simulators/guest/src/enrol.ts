import type { Machine } from './machine.js';
import { orRefused } from './patience.js';
import { proofHeaders } from './proof.js';

const TARGET = '/machine/v1/enrol';

/**
 * Exchanges the ticket for a credential, unless the disk holds one. The key stays the same over all tries, so that
 * an enrolment whose answer was lost can be asked for again.
 *
 * @throws TheEnd where nobody lets it in
 */
export async function enrol({ settings, disk, voice, patience, log }: Machine): Promise<void> {
  if (disk.credential !== undefined) return;
  const { origin, machineId, generation, ticket } = settings;
  const body = JSON.stringify({ machineId, generation, ticket, publicKey: disk.keyPair.publicKey });
  disk.credential = await patience.persist('enrolment', async () => {
    const proof = proofHeaders({ method: 'POST', target: TARGET, body }, disk.keyPair.privateKey);
    const headers = { ...proof, 'content-type': 'application/json' };
    const answer = await voice.say({ method: 'POST', url: `${origin}${TARGET}`, headers, body });
    return answer.status === 201 ? credentialIn(answer.body) : orRefused(answer);
  });
  log.info({}, 'enrolled');
}

function credentialIn(body: string): string {
  const { credential } = JSON.parse(body) as { credential?: unknown };
  if (typeof credential !== 'string') throw new Error('the answer holds no credential');
  return credential;
}
