import { EnrolmentStatus, RunnerState, StaticIpStatus, topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { generateKeyPairSync } from 'node:crypto';
import { connectProject } from './connect-project.js';
import { IdentityWorld } from './identity-world.js';
import { MachineClient, newKeys } from './machine-client.js';

let world: IdentityWorld;
let acme: string;
let machine: MachineClient;

beforeAll(async () => {
  world = await IdentityWorld.start({ speed: 1 });
  acme = (await world.organization()).organizationId;
});
beforeEach(() => {
  machine = new MachineClient(world, acme);
});
afterAll(() => world.stop());

const invalid = { status: 401, body: { error: 'TICKET_INVALID' } };
const used = { status: 409, body: { error: 'TICKET_USED' } };
const told = async () =>
  (await world.published(topics.machineIdentity)).filter(({ machineId }) => machineId === machine.machineId);
const audit = async () =>
  (
    await world.db.asAdmin('SELECT action FROM audit_log WHERE subject = $1 ORDER BY id', [machine.machineId])
  ).map(({ action }) => action);
const isKnown = async () => (await machine.whoIs(machine.prove('GET', '/machine/v1/runner'))).status === 200;

describe('a machine with its ticket', () => {
  it('is asked to come again until the event that tells of it has arrived', async () => {
    expect(await machine.enrol()).toMatchObject({ status: 503, body: { error: 'MACHINE_UNKNOWN' } });
    expect((await machine.enrol()).headers.get('retry-after')).toBe('1');
    await machine.announce();
    const { generation } = machine;
    expect((await machine.enrol({ generation: generation + 1 })).status).toBe(503);
    expect((await machine.enrol()).status).toBe(201);
  });

  it('gets a credential, and everybody is told', async () => {
    await machine.announce();
    expect(await machine.enrol()).toMatchObject({
      status: 201,
      body: { credential: expect.stringMatching(/^cmc\./) },
    });
    await eventually(async () =>
      expect(await told()).toEqual([
        expect.objectContaining({ status: EnrolmentStatus.ENROLLED, generation: 1 }),
      ]),
    );
    expect(await audit()).toEqual(['enrol-machine']);
  });

  it('is kept out with a wrong ticket, key, address or after its time, and its ticket stays good', async () => {
    await machine.announce();
    const ownKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey;
    for (const wrong of [
      { ticket: 'crt_guess' },
      { source: '127.64.99.99' },
      { publicKey: 'no key' },
      { publicKey: ownKeys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() },
      { machineId: 'mach_\u0000' },
      { publicKey: p384.export({ type: 'spki', format: 'pem' }).toString() },
      { signature: 'nonsense' },
      { at: Date.now() - 61_000 },
      { generation: 0 },
      { publicKey: newKeys().publicKey.export({ type: 'spki', format: 'pem' }).toString() },
    ]) {
      expect(await machine.enrol(wrong)).toMatchObject(invalid);
    }
    expect((await machine.enrol()).status).toBe(201);
    expect(await audit()).toEqual(['refuse-enrolment', 'enrol-machine']);
    const late = new MachineClient(world, acme);
    await late.announce({ expiresInMs: -1 });
    expect(await late.enrol()).toMatchObject(invalid);
  });

  it('gets the same answer again after one that got lost, also after the end of its ticket', async () => {
    await machine.announce();
    const [first, again] = [await machine.enrol(), await machine.enrol()];
    expect([again.status, again.body]).toEqual([201, first.body]);
    await world.db.asAdmin('UPDATE machine SET ticket_expires_at = now() WHERE id = $1', [machine.machineId]);
    expect((await machine.enrol()).body).toEqual(first.body);
    await eventually(async () => expect(await told()).toHaveLength(1));
    expect(await isKnown()).toBe(true);
  });

  it('is the same machine with the same key, however its text is written', async () => {
    await machine.announce();
    const first = await machine.enrol();
    for (const after of ['', ' \r\n', 'junk\0', '\0'])
      expect(await machine.enrol({ publicKey: `${machine.publicKey}${after}` })).toMatchObject({
        status: 201,
        body: first.body,
      });
    expect(await audit()).toEqual(['enrol-machine']);
  });

  it('is let in exactly once when 20 with different keys try at the same time, and nobody keeps what they got', async () => {
    await machine.announce();
    const answers = await Promise.all(Array.from({ length: 20 }, () => machine.enrol({ keys: newKeys() })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
    expect(await isKnown()).toBe(false);
    expect(await audit()).toEqual(['enrol-machine', 'quarantine-machine']);
  });
});

describe('a ticket that somebody shows from elsewhere', () => {
  const LOG = `{ viewer { organization { auditLog(first: 20, filter: { actorKinds: [SYSTEM] }) { nodes { actor action target outcome } } } } }`;
  const owners = async () => {
    const { data } = await world.ask(world.caller(acme), LOG);
    type Log = { viewer: { organization: { auditLog: { nodes: { target: string }[] } } } };
    const { nodes } = (data as unknown as Log).viewer.organization.auditLog;
    return nodes.filter(({ target }) => target === machine.machineId);
  };
  const entry = { actor: 'cleanroom', action: 'refuse-enrolment', outcome: 'TICKET_HELD_ELSEWHERE' };

  it('is told to the owners, once for each ticket, however often that is tried', async () => {
    await machine.announce();
    for (const keys of [newKeys(), newKeys(), newKeys()])
      expect(await machine.enrol({ source: '127.64.99.99', keys })).toMatchObject(invalid);
    expect(await owners()).toEqual([{ ...entry, target: machine.machineId }]);
    expect((await machine.enrol()).status).toBe(201);
    await machine.enrol({ source: '127.64.99.99' });
    expect(await owners()).toHaveLength(1);
    machine.nextGeneration();
    await machine.announce();
    expect(await machine.enrol({ source: '127.64.99.99' })).toMatchObject(invalid);
    expect(await owners()).toHaveLength(2);
  });

  it('is told where nobody proves a key with it, and not where it is a guess', async () => {
    await machine.announce();
    await machine.enrol({ source: '127.64.99.99', ticket: 'crt_guess' });
    expect(await owners()).toEqual([]);
    await machine.enrol({ source: '127.64.99.99', signature: 'nonsense' });
    expect(await owners()).toEqual([{ ...entry, target: machine.machineId }]);
  });
});

describe('a ticket that is used a second time', () => {
  it('with another key locks the machine out at once and tells everybody', async () => {
    await machine.announce();
    await machine.enrol();
    expect(await machine.enrol({ source: '127.64.99.99' })).toMatchObject(invalid);
    expect(await isKnown()).toBe(true);
    expect(await machine.enrol({ source: '127.64.99.99', keys: newKeys() })).toMatchObject(used);
    expect(await machine.enrol({ keys: newKeys() })).toMatchObject(used);
    expect((await machine.call('GET', '/machine/v1/token?audience=x')).status).toBe(401);
    expect(await machine.enrol()).toMatchObject(invalid);
    await eventually(async () =>
      expect((await told()).map(({ status }) => status)).toEqual([
        EnrolmentStatus.ENROLLED,
        EnrolmentStatus.QUARANTINED,
      ]),
    );
  });

  it('puts the address in quarantine for as long as that machine lives', async () => {
    const { token } = await world.newProject();
    const hetznerProjectId = await connectProject(world, acme, token);
    const { runnerId, poolId, organizationId } = machine;
    const runner = { runnerId, poolId, organizationId, hetznerProjectId, locations: ['fsn1'] };
    await world.tell(topics.runner, { ...runner, state: RunnerState.REQUESTED });
    const status = async () =>
      (await world.published(topics.staticIp)).filter((event) => event.runnerId === runnerId).at(-1)?.status;
    await eventually(async () => expect(await status()).toBe(StaticIpStatus.ACTIVE));
    await machine.announce();
    await machine.enrol();
    await machine.enrol({ keys: newKeys() });
    await eventually(async () => expect(await status()).toBe(StaticIpStatus.QUARANTINED));
    await machine.announce({ deleted: true });
    await eventually(async () => expect(await status()).toBe(StaticIpStatus.ACTIVE));
  });
});

describe('an enrolled machine', () => {
  beforeEach(async () => {
    await machine.announce();
    await machine.enrol();
  });

  it('stores nothing that could be used by who reads the database', async () => {
    const stored = JSON.stringify(await world.db.asAdmin('SELECT * FROM machine'));
    for (const secret of [machine.ticket, machine.credential]) expect(stored).not.toContain(secret);
  });

  it.each<[string, () => Promise<void>]>([
    ['is revoked', () => machine.announce({ credentialRevoked: true })],
    ['is deleted', () => machine.announce({ deleted: true })],
    [
      'is rebuilt',
      async () => {
        machine.nextGeneration();
        await machine.announce();
      },
    ],
  ])('is nobody any more once it %s', async (_, ended) => {
    await ended();
    expect((await machine.call('GET', '/machine/v1/token?audience=x')).status).toBe(401);
    expect(await isKnown()).toBe(false);
  });

  it('begins anew with the ticket of its next generation, not with the old one', async () => {
    const { ticket } = machine;
    machine.nextGeneration();
    await machine.announce();
    expect(await machine.enrol({ ticket })).toMatchObject(invalid);
    const { credential } = machine;
    expect((await machine.enrol()).status).toBe(201);
    expect(machine.credential).not.toBe(credential);
    const proof = machine.prove('GET', '/machine/v1/runner');
    expect((await machine.whoIs(proof, { credential })).status).toBe(401);
    await eventually(async () => expect((await told()).map(({ generation }) => generation)).toEqual([1, 2]));
  });

  it('is not set back by an event that comes late', async () => {
    const handled = async () =>
      (await world.db.asAdmin('SELECT count(*)::int AS count FROM inbox'))[0]?.count;
    const before = Number(await handled());
    const { machineId, runnerId } = machine;
    const late = { machineId, runnerId, organizationId: acme, generation: 1, version: 1n };
    await world.tell(topics.machine, { ...late, credentialRevoked: true });
    await eventually(async () => expect(await handled()).toBe(before + 1));
    expect(await isKnown()).toBe(true);
  });
});
