import { describeClient, lifeInGo } from '../official-clients.js';
import { simulateHetzner } from '../simulated-hetzner.js';

describeClient('go', 'Hetzner’s library for Go, unchanged', () => {
  it('orders with all of it, selects, powers, rebuilds, protects and deletes, and keeps the address', async () => {
    const { simulator } = await simulateHetzner({ limits: { requestsPerHour: 100_000 } });
    const seen = await lifeInGo(simulator.endpoint).finally(() => simulator.stop());
    expect(seen).toEqual({
      types: 21,
      'type by id': 'cx23',
      type: [2, 40, 3],
      locations: ['ash', 'fsn1', 'hel1', 'hil', 'nbg1', 'sin'],
      image: 'debian',
      currency: 'EUR',
      'primary ip prices': ['ipv4', 'ipv6'],
      volumes: 0,
      'primary ip without a place': 'invalid_input',
      'primary ip': ['fsn1', 0, false],
      'next actions': ['apply_firewall', 'attach_to_network', 'start_server'],
      'root password with a key': '',
      'name taken': 'uniqueness_error',
      'address is the ordered one': true,
      firewall: 'applied',
      'private address': '10.0.1.1',
      selected: [1, 1, 0, 0],
      labels: { role: 'rest' },
      protected: ['protected', 'protected'],
      rebuilt: ['ubuntu-24.04', true],
      'primary ip deleted while assigned': 'must_be_unassigned',
      'servers left': 0,
      'address kept': true,
    });
  });
});
