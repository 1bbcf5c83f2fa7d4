import fc from 'fast-check';
import { checkPolicy } from './check-policy.js';
import type { FirewallRule } from './firewall-rule.js';

const rule = (change: Partial<FirewallRule> = {}): FirewallRule => ({
  protocol: 'TCP',
  ports: '443',
  cidrs: ['203.0.113.0/24'],
  ...change,
});

const refused = (inbound: FirewallRule[], outbound: FirewallRule[] = [], name = 'web') =>
  checkPolicy(name, { inbound, outbound }).map(({ code, path }) => `${code} ${path.join('.')}`);

describe('a firewall policy', () => {
  it('is accepted with sensible rules in both directions', () => {
    expect(
      refused(
        [rule()],
        [rule({ cidrs: ['0.0.0.0/0', '::/0'] }), rule({ protocol: 'ICMP', ports: undefined })],
      ),
    ).toEqual([]);
  });

  it.each(['', '   ', 'x'.repeat(101), 'a\u0000b', 'a\nb'])(
    'needs a name of 1 to 100 characters, not %j',
    (name) => {
      expect(refused([], [], name)).toEqual(['INVALID input.name']);
    },
  );

  it('has descriptions in one line', () => {
    expect(refused([rule({ description: 'a\u0000b' })])).toEqual(['INVALID input.inbound.0.description']);
  });

  it.each(['22', '1-65535', '20-25', '22-22'])('never opens SSH inbound, as %s would', (ports) => {
    expect(refused([rule({ ports })])).toEqual(['NOT_ALLOWED input.inbound.0.ports']);
  });

  it('may name port 22 outbound, where it opens nothing', () => {
    expect(refused([], [rule({ ports: '22' })])).toEqual([]);
  });

  it.each([
    ['IPv4', Array.from({ length: 48 }, (_, i) => `${i + 16}.0.0.0/8`)],
    ['IPv6', Array.from({ length: 48 }, (_, i) => `${(0x2000 + i).toString(16)}::/16`)],
  ])('is not opened to everybody by many blocks of %s, in whichever rules they stand', (_, blocks) => {
    const spread = [0, 12, 24, 36].map((from) => rule({ cidrs: blocks.slice(from, from + 12) }));
    expect(refused(spread)).toEqual(['NOT_ALLOWED input.inbound']);
  });

  it('may name the same wide block for many ports', () => {
    const ports = Array.from({ length: 30 }, (_, i) =>
      rule({ ports: String(8000 + i), cidrs: ['10.0.0.0/8'] }),
    );
    expect(refused(ports)).toEqual([]);
  });

  it.each(['0.0.0.0/0', '::/0', '0.0.0.0/1', '128.0.0.0/1', '2000::/3'])(
    'is never open inbound to everybody, as %s would be',
    (cidr) => {
      expect(refused([rule({ cidrs: ['203.0.113.0/24', cidr] })])).toEqual([
        'NOT_ALLOWED input.inbound.0.cidrs.1',
      ]);
    },
  );

  it.each([
    '',
    '10.0.0.1',
    '10.0.0.0/33',
    '010.0.0.0/8',
    '256.1.1.1/32',
    'fe80::1::/64',
    '2001:db8::/129',
    'example.com/24',
    '::ffff:1.2.3.4/96',
  ])('refuses %j, which is no CIDR', (cidr) => {
    expect(refused([], [rule({ cidrs: [cidr] })])).toEqual(['INVALID input.outbound.0.cidrs.0']);
  });

  it.each([
    ['10.0.0.1/8', '10.0.0.0/8', '10.0.0.1/32'],
    ['203.0.113.255/31', '203.0.113.254/31', '203.0.113.255/32'],
    ['192.168.1.128/24', '192.168.1.0/24', '192.168.1.128/32'],
    ['2001:db8::1/32', '2001:db8::/32', '2001:db8::1/128'],
    ['2001:db8:0:1:8000::/64', '2001:db8:0:1::/64', '2001:db8:0:1:8000::/128'],
  ])('refuses %s, which may mean %s or %s', (cidr, block, address) => {
    const [first, ...more] = checkPolicy('web', { inbound: [], outbound: [rule({ cidrs: [cidr] })] });
    expect(first).toEqual({
      code: 'INVALID',
      message: `${cidr} is an address within a block: write ${block} for the block, or ${address} for the address.`,
      path: ['input', 'outbound', '0', 'cidrs', '0'],
    });
    expect(more).toEqual([]);
    expect(refused([], [rule({ cidrs: [block, address] })])).toEqual([]);
  });

  it('takes an IPv4 block when, and only when, every bit after its prefix is zero', () => {
    const bytes = fc.tuple(...[0, 1, 2, 3].map(() => fc.nat(255)));
    fc.assert(
      fc.property(bytes, fc.nat(32), (parts, prefix) => {
        const bits = parts.map((part) => part.toString(2).padStart(8, '0')).join('');
        const good = !bits.slice(prefix).includes('1');
        const cidrs = [`${parts.join('.')}/${prefix}`];
        expect(refused([], [rule({ cidrs })])).toEqual(good ? [] : ['INVALID input.outbound.0.cidrs.0']);
      }),
    );
  });

  it.each(['0', '65536', '443-80', '80,443', 'https', '-1', ''])(
    'refuses %j, which is no port or range',
    (ports) => {
      expect(refused([], [rule({ ports })])).toEqual(['INVALID input.outbound.0.ports']);
    },
  );

  it('wants ports for TCP and UDP and none for the others', () => {
    expect(refused([], [rule({ ports: undefined }), rule({ protocol: 'GRE' })])).toEqual([
      'INVALID input.outbound.0.ports',
      'INVALID input.outbound.1.ports',
    ]);
  });

  it('wants 1 to 100 CIDRs a rule and descriptions to 255 characters', () => {
    const many = Array.from({ length: 101 }, (_, i) => `203.0.113.${i}/32`);
    expect(
      refused([], [rule({ cidrs: [] }), rule({ cidrs: many }), rule({ description: 'x'.repeat(256) })]),
    ).toEqual([
      'INVALID input.outbound.0.cidrs',
      'INVALID input.outbound.1.cidrs',
      'INVALID input.outbound.2.description',
    ]);
  });

  it('leaves room for what every machine needs as soon as it limits what goes out', () => {
    const rules = (count: number) => Array.from({ length: count }, () => rule());
    expect(refused(rules(50))).toEqual([]);
    expect(refused([], rules(47))).toEqual([]);
    expect(refused([], rules(48))).toEqual(['INVALID input.outbound']);
  });
});
