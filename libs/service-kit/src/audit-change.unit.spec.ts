import { jest } from '@jest/globals';
import { refusal, type Answer, type AuditRecord, type Role } from '@cleanroom/kernel';
import { auditChange, type Attempt } from './audit-change.js';

const POOL = 'pool_01jd0000000000000000000000';
const at = new Date('2026-11-30T12:00:00Z');
const caller = {
  kind: 'user',
  organizationId: 'org_1',
  role: 'OWNER',
  name: 'ops',
  tokenId: 'tok_1',
} as const;
const attempt: Attempt = {
  caller,
  at,
  roles: ['OWNER'],
  action: 'pause-runner-pool',
  kind: 'pool',
  id: POOL,
};

interface Transaction {
  audit(record: AuditRecord): Promise<void>;
}

describe('a change', () => {
  /** What each transaction that was not undone told the audit log. */
  let told: AuditRecord[][];
  const transactions = {
    inOrganization: async <T>(_organizationId: string, work: (tx: Transaction) => Promise<T>): Promise<T> => {
      const records: AuditRecord[] = [];
      const result = await work({ audit: async (record) => void records.push(record) });
      told.push(records);
      return result;
    },
  };
  const ports = { transactions, now: () => at };
  const change = <T>(of: Partial<Attempt>, work: () => Promise<Answer<T>>) =>
    auditChange(ports, { ...attempt, ...of }, ({ transactions }) =>
      transactions.inOrganization('org_1', async () => work()),
    );

  beforeEach(() => {
    told = [];
  });

  it('is told of in the transaction that does it', async () => {
    expect(await change({}, async () => ({ value: { id: POOL } }))).toEqual({ value: { id: POOL } });
    const record = { organizationId: 'org_1', at, actor: 'ops', action: 'pause-runner-pool' };
    expect(told).toEqual([[{ ...record, target: POOL, outcome: 'DONE' }]]);
  });

  it('that makes something is told of with the id of what it made', async () => {
    await change({ id: undefined }, async () => ({ value: { id: POOL } }));
    expect(told.flat()).toMatchObject([{ target: POOL, outcome: 'DONE' }]);
  });

  it('that was refused is told of after it, with the code', async () => {
    await change({}, async () => ({ refusals: [refusal('CONFLICT', 'No.')] }));
    expect(told).toMatchObject([[], [{ target: POOL, outcome: 'CONFLICT' }]]);
  });

  it.each<Role>(['VIEWER', 'OPERATOR'])(
    'is not begun by a role that may not, %s, and told of',
    async (role) => {
      const work = jest.fn<() => Promise<Answer<string>>>();
      const answer = await change({ caller: { ...caller, role } }, work);
      expect(answer).toMatchObject({ refusals: [{ code: 'NOT_ALLOWED' }] });
      expect(work).not.toHaveBeenCalled();
      expect(told).toMatchObject([[{ outcome: 'NOT_ALLOWED' }]]);
    },
  );

  it('that fails is not told of: it was undone', async () => {
    await expect(change({}, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(told).toEqual([]);
  });

  it('is none where it only looks what it would cost', async () => {
    await change({ isChange: () => false }, async () => ({ value: { id: POOL } }));
    expect(told).toEqual([[]]);
  });

  it('names nothing that is no id', async () => {
    await change({ id: 'x'.repeat(10_000) }, async () => ({ refusals: [refusal('NOT_FOUND', 'No.')] }));
    expect(told.flat()).toMatchObject([{ target: null }]);
  });
});
