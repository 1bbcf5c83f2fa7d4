import { describeClient, lifeInPython } from './official-clients.js';
import { simulateHetzner } from './simulated-hetzner.js';

describeClient('python', 'Hetzner’s Python library, unchanged', () => {
  it('orders, selects, powers, rebuilds, protects and deletes, and keeps the address', async () => {
    const { simulator } = await simulateHetzner({ limits: { requestsPerHour: 100_000 } });
    const seen = await lifeInPython(simulator.endpoint).finally(() => simulator.stop());
    expect(seen).toMatchObject({
      types: expect.arrayContaining(['cax11', 'ccx13', 'cpx22', 'cx23']),
      type: 2,
      locations: ['ash', 'fsn1', 'hel1', 'hil', 'nbg1', 'sin'],
      image: 'debian',
      images: 8,
      datacenters: 'deprecated_api_endpoint',
      'primary ip without a place': 'invalid_input',
      'primary ip assigned': true,
      'primary ip deleted while assigned': 'must_be_unassigned',
      'root password with a key': null,
      'address is the ordered one': true,
      firewalls: ['closed'],
      'name taken': 'uniqueness_error',
      selected: [1, 1, 0, 0],
      renamed: { role: 'rest' },
      protected: ['protected', 'protected'],
      rebuilt: 'ubuntu-24.04',
      'firewall in use': 'resource_in_use',
      'servers left': 0,
      'address kept': true,
      deleted: [true, true],
    });
    expect(seen.actions).toEqual(
      expect.arrayContaining([
        'change_protection',
        'create_server',
        'reboot_server',
        'rebuild_server',
        'reset_server',
        'start_server',
        'stop_server',
      ]),
    );
  });
});
