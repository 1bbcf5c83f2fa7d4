import { newPolicyDraft, newRule, policyDraftOf, policyInput } from './policy-draft.js';

const policy = {
  name: 'Web only',
  inbound: [],
  outbound: [
    { protocol: 'TCP', ports: '443', cidrs: ['0.0.0.0/0', '::/0'], description: 'HTTPS' },
    { protocol: 'ICMP', ports: null, cidrs: ['203.0.113.0/24'], description: null },
  ],
} as const;

it('is the same policy again where nothing was changed', () => {
  expect(policyInput(policyDraftOf(policy))).toEqual(policy);
});

it('takes blocks with commas, blanks or lines between them', () => {
  const rule = { ...newRule(0), ports: '1024 - 5000', cidrs: ' 10.0.0.0/8,\n192.168.0.0/16 ' };
  expect(policyInput({ ...newPolicyDraft, outbound: [rule] }).outbound).toEqual([
    { protocol: 'TCP', ports: '1024-5000', cidrs: ['10.0.0.0/8', '192.168.0.0/16'], description: null },
  ]);
});
