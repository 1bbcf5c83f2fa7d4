import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { topics } from '@cleanroom/contracts';
import { hashToken } from '@cleanroom/secrets';
import { eventually } from '@cleanroom/testing';
import { newId, type HttpAnswer, type IdentityWorld } from './identity-world.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A proof as the agent makes it. */
export interface Proof {
  readonly method: string;
  readonly path: string;
  readonly bodySha256: string;
  readonly time: string;
  readonly signature: string;
}

/** A machine with its own key, that speaks from its own address through a stand-in for the gateway. */
export class MachineClient {
  readonly machineId = newId('machine');
  readonly runnerId = newId('runner');
  readonly poolId = newId('pool');
  readonly address = `127.64.0.${1 + Math.floor(Math.random() * 250)}`;
  readonly #keys = newKeys();
  ticket = `crt_${randomBytes(32).toString('base64url')}`;
  generation = 1;
  credential = '';

  constructor(
    private readonly world: IdentityWorld,
    readonly organizationId: string,
  ) {}

  get publicKey(): string {
    return pemOf(this.#keys.publicKey);
  }

  /** Provisioning tells of this machine and its ticket, which outlasts every spec even by a fast clock. */
  async announce(given: { credentialRevoked?: boolean; deleted?: boolean; expiresInMs?: number } = {}) {
    const { expiresInMs = 1_000 * 3_600_000, deleted, ...rest } = given;
    const now = this.world.clock.now();
    await this.world.tell(topics.machine, {
      machineId: this.machineId,
      organizationId: this.organizationId,
      runnerId: this.runnerId,
      poolId: this.poolId,
      generation: this.generation,
      ticketHash: new Uint8Array(hashToken(this.ticket)),
      ticketExpiresAt: timestampFromDate(new Date(now.getTime() + expiresInMs)),
      address: this.address,
      ...(deleted ? { deletedAt: timestampFromDate(now) } : {}),
      ...rest,
    });
    const query = `SELECT 1 FROM machine WHERE id = $1 AND ticket_hash = $2 AND revoked = $3 AND deleted = $4`;
    const parameters = [
      this.machineId,
      hashToken(this.ticket),
      rest.credentialRevoked ?? false,
      deleted ?? false,
    ];
    await eventually(async () => expect(await this.world.db.asAdmin(query, parameters)).toHaveLength(1));
  }

  /** A rebuild: the next generation, with the next ticket. */
  nextGeneration(): void {
    this.generation += 1;
    this.ticket = `crt_${randomBytes(32).toString('base64url')}`;
  }

  async enrol(given: Wrong = {}): Promise<HttpAnswer> {
    const { source = this.address, ticket = this.ticket, machineId = this.machineId } = given;
    const { generation = this.generation, keys = this.#keys, at } = given;
    const { publicKey = pemOf(keys.publicKey) } = given;
    const path = '/machine/v1/enrol';
    const body = { machineId, generation, ticket, publicKey };
    const { time, signature } = proofOf(
      keys.privateKey,
      { method: 'POST', path, body: JSON.stringify(body) },
      at,
    );
    const answer = await this.world.call({
      method: 'POST',
      path,
      body,
      caller: { kind: 'anonymous', source },
      headers: { 'x-machine-time': time, 'x-machine-signature': given.signature ?? signature },
    });
    if (answer.status === 201) this.credential = String(answer.body.credential);
    return answer;
  }

  prove(method: string, path: string, body = '', wallClock = Date.now()): Proof {
    return proofOf(this.#keys.privateKey, { method, path, body }, wallClock);
  }

  /** What identity tells the gateway about a call. */
  whoIs(proof: Proof, given: { source?: string; credential?: string } = {}): Promise<HttpAnswer> {
    const { source: sourceAddress = this.address, credential = this.credential } = given;
    const body = { authorization: `Bearer ${credential}`, sourceAddress, ...proof };
    return this.world.call({ method: 'POST', path: '/internal/callers', body });
  }

  /** Calls as the machine does: proven, from its address. */
  async call(method: string, path: string, body?: object, source = this.address): Promise<HttpAnswer> {
    const known = await this.whoIs(this.prove(method, path, body ? JSON.stringify(body) : ''), { source });
    if (known.status !== 200) return known;
    const { organizationId, runnerId, machineId, generation } = this;
    const caller = { kind: 'machine' as const, organizationId, runnerId, machineId, generation, source };
    return this.world.call({ method, path, body, caller });
  }
}

/** A pair of keys for P-256. */
export const newKeys = (): Keys => generateKeyPairSync('ec', { namedCurve: 'P-256' });

export interface Keys {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** What is different from what the machine would ask. */
interface Wrong {
  readonly source?: string;
  readonly publicKey?: string;
  readonly keys?: Keys;
  readonly ticket?: string;
  readonly machineId?: string;
  readonly generation?: number;
  readonly signature?: string;
  /** Unix milliseconds. */
  readonly at?: number;
}

const pemOf = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();

function proofOf(
  key: KeyObject,
  { method, path, body }: { method: string; path: string; body: string },
  wallClock = Date.now(),
): Proof {
  const time = String(wallClock);
  const bodySha256 = sha256(body);
  const text = [method, path, time, bodySha256].join('\n');
  const signature = sign('sha256', Buffer.from(text), key).toString('base64');
  return { method, path, bodySha256, time, signature };
}
