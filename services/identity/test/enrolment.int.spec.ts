import { EnrolmentStatus, RunnerState, StaticIpStatus, topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { generateKeyPairSync } from 'node:crypto';
import { connectProject } from './connect-project.js';
import { IdentityWorld } from './identity-world.js';
import { MachineClient } from './machine-client.js';

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

const invalid = { status: 401, body: { error: 'invalid_ticket' } };
const otherKey = () =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .publicKey.export({ type: 'spki', format: 'pem' })
    .toString();
const told = async () =>
  (await world.published(topics.machineIdentity)).filter(({ machineId }) => machineId === machine.machineId);
const audit = async () =>
  (
    await world.db.asAdmin('SELECT action FROM audit_log WHERE subject = $1 ORDER BY id', [machine.machineId])
  ).map(({ action }) => action);
const renew = () =>
  machine.call('POST', '/machine/v1/enrol', { machineId: machine.machineId, generation: machine.generation });

describe('a machine with its ticket', () => {
  it('is asked to come again until the event that tells of it has arrived', async () => {
    expect(await machine.enrol()).toMatchObject({ status: 503, body: { error: 'not_ready' } });
    expect((await machine.enrol()).headers.get('retry-after')).toBe('1');
    await machine.announce();
    expect((await machine.enrol()).status).toBe(200);
  });

  it('gets a credential for an hour and learns who it is', async () => {
    await machine.announce();
    const before = world.clock.now().getTime();
    const { body } = await machine.enrol();
    expect(body).toMatchObject({ runnerId: machine.runnerId, issuer: 'https://cleanroom.example/oidc' });
    const life = new Date(String(body.expiresAt)).getTime() - before;
    expect(life).toBeGreaterThanOrEqual(3_600_000);
    expect(life).toBeLessThanOrEqual(3_600_000 + world.clock.now().getTime() - before);
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
    ]) {
      expect(await machine.enrol(wrong)).toMatchObject(invalid);
    }
    expect((await machine.enrol()).status).toBe(200);
    const late = new MachineClient(world, acme);
    await late.announce({ expiresInMs: -1 });
    expect(await late.enrol()).toMatchObject(invalid);
  });

  it('may ask again after a lost answer and goes on with either credential', async () => {
    await machine.announce();
    await machine.enrol();
    const first = machine.credential;
    expect((await machine.enrol()).status).toBe(200);
    expect(machine.credential).not.toBe(first);
    for (const credential of [first, machine.credential]) {
      expect((await machine.whoIs(machine.prove('GET', '/machine/v1/runner'), { credential })).status).toBe(
        200,
      );
    }
    await eventually(async () => expect(await told()).toHaveLength(1));
  });

  it('is let in exactly once when 20 with different keys try at the same time, and nobody keeps what they got', async () => {
    await machine.announce();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => machine.enrol({ publicKey: otherKey() })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(19);
    expect((await machine.whoIs(machine.prove('GET', '/machine/v1/runner'))).status).toBe(401);
    expect(await audit()).toEqual(['enrol-machine', 'quarantine-machine']);
  });
});

describe('a ticket that is used a second time', () => {
  it('locks the machine out at once and tells everybody', async () => {
    await machine.announce();
    await machine.enrol();
    expect(await machine.enrol({ source: '127.64.99.99' })).toMatchObject(invalid);
    expect((await machine.call('GET', '/machine/v1/token?audience=x')).status).toBe(401);
    expect(await machine.enrol()).toMatchObject(invalid);
    await eventually(async () => expect((await told()).at(-1)?.status).toBe(EnrolmentStatus.QUARANTINED));
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
    await machine.enrol({ publicKey: otherKey() });
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

  it('renews its credential by its key, and the old one stays good until its own end', async () => {
    const old = machine.credential;
    const { status, body } = await renew();
    expect(status).toBe(200);
    for (const credential of [old, String(body.credential)]) {
      expect((await machine.whoIs(machine.prove('GET', '/machine/v1/runner'), { credential })).status).toBe(
        200,
      );
    }
  });

  it('stores nothing that could be used by who reads the database', async () => {
    const rows = await world.db.asAdmin('SELECT * FROM machine_credential');
    expect(JSON.stringify(rows)).not.toContain(machine.credential);
    expect(JSON.stringify(await world.db.asAdmin('SELECT * FROM machine'))).not.toContain(machine.ticket);
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
    expect((await renew()).status).toBe(401);
  });

  it('begins anew with the ticket of its next generation, not with the old one', async () => {
    const { ticket } = machine;
    machine.nextGeneration();
    await machine.announce();
    expect(await machine.enrol({ ticket })).toMatchObject(invalid);
    expect((await machine.enrol()).status).toBe(200);
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
    expect((await renew()).status).toBe(200);
  });
});
