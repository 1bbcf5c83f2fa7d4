import { topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { enrolledMachine, type EnrolledMachine } from './enrolled-machine.js';
import { INSTALLATION, RunningFirewall } from './running-firewall.js';

let world: RunningFirewall;
let machine: EnrolledMachine;
beforeEach(async () => {
  world = await RunningFirewall.start();
  machine = await enrolledMachine(world);
  await tellsAtLast({ protected: true });
});
afterEach(() => world.stop());

const told = () => world.published(topics.machineProtection, machine.machineId);
const tellsAtLast = (expected: object) =>
  eventually(async () => expect((await told()).at(-1)).toMatchObject(expected));
const opened = (target: object) =>
  world.inConsole('POST', '/firewalls', {
    name: 'anybody-in',
    rules: [{ direction: 'in', protocol: 'tcp', port: '22', source_ips: ['0.0.0.0/0', '::/0'] }],
    apply_to: [target],
  });

it('a firewall that somebody puts on a server of ours ends its protection, and is taken off again', async () => {
  const { firewall } = await opened({ type: 'server', server: { id: machine.serverId } });
  await tellsAtLast({ protected: true, version: 3n });
  expect((await told()).map((event) => event.protected)).toEqual([true, false, true]);
  const { firewalls } = await world.hetzner.getServer(machine.serverId);
  expect(firewalls.map(({ id }) => id)).not.toContain(firewall.id);
});

it("one that comes by a label selector is its owner's to take away; until then nothing is protected", async () => {
  const label_selector = { selector: `cleanroom-installation=${INSTALLATION}` };
  const { firewall } = await opened({ type: 'label_selector', label_selector });
  await tellsAtLast({ protected: false, version: 2n });
  await world.inConsole('POST', `/firewalls/${firewall.id}/actions/remove_from_resources`, {
    remove_from: [{ type: 'label_selector', label_selector }],
  });
  await tellsAtLast({ protected: true, version: 3n });
});
