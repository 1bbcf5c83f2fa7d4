import { allowList, type StaticIp } from './allow-list.js';

const ip = (address: string | null, status: StaticIp['status'] = 'ACTIVE'): StaticIp => ({
  address,
  status,
  location: 'fsn1',
  leasedSince: null,
});

it('names every address that is kept, in the order of its numbers', () => {
  expect(allowList([ip('10.0.0.10'), ip('10.0.0.9', 'QUARANTINED')], 'addresses')).toEqual([
    '10.0.0.9',
    '10.0.0.10',
  ]);
});

it('leaves out what is not yet, or soon no longer, ours', () => {
  expect(allowList([ip(null, 'RESERVING'), ip('10.0.0.1', 'RELEASING')], 'addresses')).toEqual([]);
});

it('writes blocks that hold one address each', () => {
  expect(allowList([ip('10.0.0.1'), ip('2001:db8::1')], 'blocks')).toEqual([
    '10.0.0.1/32',
    '2001:db8::1/128',
  ]);
});
