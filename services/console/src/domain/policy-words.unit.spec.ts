import { byStatus, impliedRules, policyWords, ruleWords } from './policy-words.js';

const now = Date.parse('2026-11-30T12:00:00Z');
const standing = { status: 'APPLIED', driftedAt: null, pools: [{}] } as const;

describe('a policy', () => {
  it('comes first where somebody changed it', () => {
    const statuses = (['APPLIED', 'PENDING', 'DRIFTED'] as const).map((status) => ({ ...standing, status }));
    expect(byStatus(statuses).map(({ status }) => status)).toEqual(['DRIFTED', 'PENDING', 'APPLIED']);
  });

  it('says who changed it, since when, and what happens next', () => {
    const drifted = { ...standing, status: 'DRIFTED', driftedAt: '2026-11-30T11:57:00Z' } as const;
    expect(policyWords(drifted, now)).toBe(
      'Someone changed this at Hetzner 3 min ago; it is being put back.',
    );
    expect(policyWords({ ...drifted, status: 'APPLIED' }, now)).toMatch(/3 min ago; it was put back\.$/);
  });

  it('says no more than was seen', () => {
    expect(policyWords({ ...standing, status: 'PENDING' }, now)).toMatch(/^It is on its way/);
    expect(policyWords(standing, now)).toMatch(/^Seen in force/);
    expect(policyWords({ ...standing, pools: [] }, now)).toBe('No pool has it.');
  });
});

describe('a rule', () => {
  it('is said in words', () => {
    const rule = { protocol: 'TCP', ports: '443', cidrs: ['0.0.0.0/0', '::/0'], description: null } as const;
    expect(ruleWords(rule, 'to')).toBe('TCP 443 to anywhere');
    expect(ruleWords({ ...rule, cidrs: ['0.0.0.0/0'] }, 'to')).toBe('TCP 443 to 0.0.0.0/0');
    expect(ruleWords({ ...rule, protocol: 'ICMP', ports: null, cidrs: ['10.0.0.0/8'] }, 'from')).toBe(
      'ICMP from 10.0.0.0/8',
    );
  });

  it('is joined by what every machine needs, once one closes the rest', () => {
    expect(impliedRules({ outbound: [] })).toHaveLength(1);
    const rule = { protocol: 'TCP', ports: '80', cidrs: [], description: null } as const;
    expect(impliedRules({ outbound: [rule] }).join()).toMatch(/DNS.*GitLab/);
  });
});
