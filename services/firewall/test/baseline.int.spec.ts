import { ConnectionStatus, topics } from '@cleanroom/contracts';
import type { HetznerFirewallRule } from '@cleanroom/hetzner';
import { eventually } from '@cleanroom/testing';
import { INSTALLATION, RunningFirewall } from './running-firewall.js';

const FORMER = `cr-baseline-${INSTALLATION}`;
const ssh: HetznerFirewallRule = {
  direction: 'in',
  protocol: 'tcp',
  port: '22',
  sourceIps: ['0.0.0.0/0'],
  destinationIps: [],
};

let world: RunningFirewall;
beforeEach(async () => {
  world = await RunningFirewall.start();
});
afterEach(() => world.stop());

const baseline = () => world.hetzner.findFirewallByName(world.baselineName);
const told = () => world.published(topics.baselineFirewall, world.projectId);
const callsOf = async (operation: string) => {
  const { calls } = await world.simulator<{ calls: { operation: string }[] }>('GET', 'report');
  return calls.filter((call) => call.operation === operation).length;
};
const project = () =>
  world.db.asAdmin(`SELECT version::int, usable FROM hetzner_project WHERE id = '${world.projectId}'`);
const becomesKnown = () =>
  eventually(async () => {
    const [event] = await told();
    expect(event).toBeDefined();
    return Number(event!.firewallId);
  });

describe('the baseline firewall of a project', () => {
  it('is created once, without any rule, and told to everybody', async () => {
    await world.connect();
    const id = await becomesKnown();
    expect(await baseline()).toMatchObject({
      id,
      rules: [],
      labels: {
        'cleanroom-installation': INSTALLATION,
        'cleanroom-organization': world.organizationId,
        'cleanroom-baseline': 'true',
      },
    });
    await world.connect();
    await eventually(async () => expect(await callsOf('get_firewall')).toBeGreaterThan(1));
    expect(await callsOf('create_firewall')).toBe(1);
    expect(await told()).toMatchObject([{ version: 1n, organizationId: world.organizationId }]);
  });

  it('is adopted after the answer of its creation was lost', async () => {
    await world.simulator('POST', 'faults', {
      operation: 'create_firewall',
      mode: 'lose_answer',
      times: 1,
    });
    await world.connect();
    const id = await becomesKnown();
    expect((await baseline())?.id).toBe(id);
    expect(await callsOf('create_firewall')).toBe(1);
  });

  it('is kept as an earlier version made it, but finds no servers of others any more', async () => {
    const older = await world.hetzner.createFirewall({
      ...{ name: FORMER, labels: { ...world.labels, 'cleanroom-baseline': 'true' }, rules: [] },
      labelSelector: `cleanroom-installation=${INSTALLATION}`,
    });
    await world.connect();
    expect(await becomesKnown()).toBe(older.id);
    expect((await world.hetzner.getFirewall(older.id)).appliedTo).toEqual([
      { type: 'label_selector', selector: world.baselineSelector },
    ]);
  });

  it('is closed again when somebody opened it', async () => {
    await world.connect();
    const id = await becomesKnown();
    await world.hetzner.setFirewallRules(id, [ssh]);
    await eventually(async () => expect((await baseline())?.rules).toEqual([]));
    expect(await told()).toHaveLength(1);
  });

  it('is made anew, and told anew, when somebody deleted it', async () => {
    await world.connect();
    const first = await becomesKnown();
    await world.inConsole('POST', `/firewalls/${first}/actions/remove_from_resources`, {
      remove_from: [
        {
          type: 'label_selector',
          label_selector: { selector: world.baselineSelector },
        },
      ],
    });
    await world.hetzner.deleteFirewall(first);
    await eventually(async () => expect(await told()).toHaveLength(2));
    const [, again] = await told();
    expect(again).toMatchObject({ version: 2n, firewallId: BigInt((await baseline())!.id) });
    expect(Number(again!.firewallId)).not.toBe(first);
  });

  it("is never taken over when one of its name is somebody else's", async () => {
    const theirs = await world.hetzner.createFirewall({
      name: world.baselineName,
      labels: { team: 'web' },
      rules: [ssh],
    });
    await world.connect();
    await eventually(async () => expect(await callsOf('list_firewalls')).toBeGreaterThan(2));
    expect(await baseline()).toMatchObject({ id: theirs.id, labels: { team: 'web' }, rules: [ssh] });
    expect(await told()).toEqual([]);
  });

  it('waits while the credentials are refused, and goes on with new ones', async () => {
    await world.connect(undefined, 'a-token-that-was-revoked');
    await eventually(async () => expect(await callsOf('list_firewalls')).toBeGreaterThan(1));
    expect(await told()).toEqual([]);
    await world.connect();
    const id = await becomesKnown();
    expect((await baseline())?.id).toBe(id);
  });

  it('does not go back to old news of the project', async () => {
    await world.connect();
    await becomesKnown();
    await world.connect();
    await eventually(async () => expect(await project()).toEqual([{ version: 2, usable: true }]));
    await world.tell(topics.hetznerProject, {
      hetznerProjectId: world.projectId,
      version: 1n,
      status: ConnectionStatus.CREDENTIALS_INVALID,
    });
    await world.tell(topics.hetznerProject, { hetznerProjectId: 'hp_after', version: 1n });
    await eventually(async () => expect(await world.db.asAdmin(`SELECT 1 FROM inbox`)).toHaveLength(4));
    expect(await project()).toEqual([{ version: 2, usable: true }]);
  });
});
