import { orderLack, type OrderNeeds } from './order-lack.js';

const project = { usable: true, sshKeyId: 1, baselineFirewallId: 2 };
const gitlab = { usable: true };

describe('what an order lacks', () => {
  it.each<[string | undefined, Partial<OrderNeeds>]>([
    [undefined, {}],
    ['its Hetzner project is disconnected', { project: undefined, gitlab: undefined }],
    ['its GitLab is disconnected', { gitlab: undefined, project: { ...project, usable: false } }],
    [
      'the Hetzner credentials are not accepted',
      { project: { ...project, usable: false }, gitlab: { usable: false } },
    ],
    ['the GitLab credentials are not accepted', { gitlab: { usable: false } }],
    [
      'its Hetzner project has no SSH key of ours yet',
      { project: { ...project, sshKeyId: 0, baselineFirewallId: 0 } },
    ],
    ['its Hetzner project has no baseline firewall yet', { project: { ...project, baselineFirewallId: 0 } }],
  ])('is %p, the gravest thing first', (reason, given) => {
    expect(orderLack({ project, gitlab, ...given })?.reason).toBe(reason);
  });
});
