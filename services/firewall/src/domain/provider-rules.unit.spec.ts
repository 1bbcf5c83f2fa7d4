import fc from 'fast-check';
import type { FirewallRule } from './firewall-rule.js';
import { providerRules, sameRules } from './provider-rules.js';

const rule = (ports: string): FirewallRule => ({
  protocol: 'TCP',
  ports,
  cidrs: ['203.0.113.0/24', '198.51.100.0/24'],
});

describe('the rules at the provider', () => {
  it('add nothing to a policy without outbound rules, so that everything stays open', () => {
    expect(
      providerRules({ inbound: [rule('8080')], outbound: [] }).filter(({ direction }) => direction === 'out'),
    ).toEqual([]);
  });

  it('add DNS and 443 to a policy that limits what goes out', () => {
    const ports = providerRules({ inbound: [], outbound: [rule('5432')] }).map(
      ({ protocol, port }) => `${protocol} ${port}`,
    );
    expect(ports).toEqual(['tcp 5432', 'udp 53', 'tcp 53', 'tcp 443']);
  });

  it('are the same in whatever order the provider tells them', () => {
    const wanted = providerRules({ inbound: [rule('80'), rule('443')], outbound: [rule('5432')] });
    fc.assert(
      fc.property(fc.shuffledSubarray(wanted, { minLength: wanted.length }), (told) => {
        expect(sameRules(wanted, told)).toBe(true);
      }),
    );
  });

  it('are not the same when one is missing, doubled or widened', () => {
    const wanted = providerRules({ inbound: [rule('80'), rule('443')], outbound: [] });
    expect(sameRules(wanted, wanted.slice(1))).toBe(false);
    expect(sameRules(wanted, [...wanted, ...wanted])).toBe(false);
    expect(
      sameRules(
        wanted,
        wanted.map((one) => ({ ...one, sourceIps: ['0.0.0.0/0'] })),
      ),
    ).toBe(false);
  });
});
