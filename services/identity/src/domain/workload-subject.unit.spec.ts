import { composeId } from '@cleanroom/kernel';
import { workloadSubject } from './workload-subject.js';

it('names organisation, pool and runner in at most 127 bytes, which is what the narrowest relying party takes', () => {
  const id = (kind: 'organization' | 'pool' | 'runner') => composeId(kind, new Date(0), new Uint8Array(16));
  const [organizationId, poolId, runnerId] = [id('organization'), id('pool'), id('runner')];
  const subject = workloadSubject({ organizationId, poolId, runnerId });
  expect(subject).toBe(`org:${organizationId}:pool:${poolId}:runner:${runnerId}`);
  expect(Buffer.byteLength(subject)).toBeLessThanOrEqual(127);
});
