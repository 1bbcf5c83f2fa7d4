import fc from 'fast-check';
import { judgeEnrolment, type EnrolmentRequest, type KnownMachine } from './enrolment.js';

const now = new Date('2026-03-02T08:00:00Z');
const minutes = (count: number): Date => new Date(now.getTime() + count * 60_000);
const hash = (text: string): Uint8Array => Buffer.from(text);

const waiting: KnownMachine = {
  id: 'mach_1',
  organizationId: 'org_1',
  runnerId: 'run_1',
  poolId: 'pool_1',
  generation: 2,
  address: '198.51.100.7',
  ticketHash: hash('ticket'),
  ticketExpiresAt: minutes(10),
  ticketUsedAt: null,
  publicKey: null,
  revoked: false,
  deleted: false,
  quarantined: false,
  elsewhereGeneration: 0,
};
const enrolled: KnownMachine = {
  ...waiting,
  ticketUsedAt: minutes(-1),
  publicKey: 'key of the machine',
};
const request: EnrolmentRequest = {
  generation: 2,
  ticketHash: hash('ticket'),
  publicKey: 'key of the machine',
  isProven: true,
  source: '198.51.100.7',
};

describe('the first use of a ticket', () => {
  it('is admitted from the address of the machine', () => {
    expect(judgeEnrolment(waiting, request, now)).toBe('admit');
  });

  it.each<[string, Partial<KnownMachine>, Partial<EnrolmentRequest>]>([
    ['once it has expired', { ticketExpiresAt: now }, {}],
    ['with another ticket', {}, { ticketHash: hash('other') }],
    ['with the beginning of the ticket', {}, { ticketHash: hash('tick') }],
    ['for an earlier generation', {}, { generation: 1 }],
    ['without the signature of its key', {}, { isProven: false }],
    ['for a generation that is over', { revoked: true }, {}],
    ['for a deleted machine', { deleted: true }, {}],
    ['for a machine in quarantine', { quarantined: true }, {}],
  ])('is refused %s', (_, machine, asked) => {
    expect(judgeEnrolment({ ...waiting, ...machine }, { ...request, ...asked }, now)).toBe('refuse');
  });

  it.each<[string, Partial<KnownMachine>, Partial<EnrolmentRequest>]>([
    ['', {}, {}],
    ['once it has expired', { ticketExpiresAt: now }, {}],
    ['without a signature', {}, { isProven: false }],
  ])('from another address says that somebody else holds it, also %s', (_, machine, asked) => {
    const from = { ...request, source: '198.51.100.8', ...asked };
    expect(judgeEnrolment({ ...waiting, ...machine }, from, now)).toBe('elsewhere');
  });

  it.each<[string, Partial<KnownMachine>, Partial<EnrolmentRequest>]>([
    ['a guess', {}, { ticketHash: hash('guess') }],
    ['that of an earlier generation', {}, { generation: 1 }],
    ['that of a generation that is over', { revoked: true }, {}],
    ['that of a deleted machine', { deleted: true }, {}],
  ])('from another address says nothing by %s', (_, machine, asked) => {
    const from = { ...request, source: '198.51.100.8', ...asked };
    expect(judgeEnrolment({ ...waiting, ...machine }, from, now)).toBe('refuse');
  });

  it('waits while the event that tells of the machine or its generation is on its way', () => {
    expect(judgeEnrolment(undefined, request, now)).toBe('unknown');
    expect(judgeEnrolment(waiting, { ...request, generation: 3 }, now)).toBe('unknown');
  });
});

describe('the second use of a ticket', () => {
  it('is taken for a lost answer from the same machine, however late it asks again', () => {
    expect(judgeEnrolment(enrolled, request, now)).toBe('repeat');
    expect(judgeEnrolment({ ...enrolled, ticketExpiresAt: minutes(-5) }, request, now)).toBe('repeat');
  });

  it.each<[string, Partial<KnownMachine>, Partial<EnrolmentRequest>]>([
    ['at its own address', {}, {}],
    ['from another address', {}, { source: '203.0.113.9' }],
    ['after the ticket has expired', { ticketExpiresAt: minutes(-5) }, {}],
    ['again', { quarantined: true }, {}],
  ])('with another key %s locks the machine out', (_, machine, asked) => {
    const other = { ...request, publicKey: 'key of somebody else', ...asked };
    expect(judgeEnrolment({ ...enrolled, ...machine }, other, now)).toBe('used');
  });

  it('with the same key from another address says that somebody else holds both', () => {
    expect(judgeEnrolment(enrolled, { ...request, source: '203.0.113.9' }, now)).toBe('elsewhere');
  });

  it.each<[string, Partial<EnrolmentRequest>]>([
    ['knowing its ticket', { ticketHash: hash('guess') }],
    ['the key that is said to be its own', { isProven: false }],
    ['being of its generation', { generation: 1 }],
  ])('cannot lock a machine out without %s', (_, asked) => {
    const guess = { ...request, publicKey: 'key of somebody else', ...asked };
    expect(judgeEnrolment(enrolled, guess, now)).toBe('refuse');
  });
});

it('lets nobody in who is not at the address, does not know the ticket, or is not of the current generation', () => {
  const text = fc.constantFrom('ticket', 'other');
  const source = fc.constantFrom('198.51.100.7', '203.0.113.9');
  fc.assert(
    fc.property(
      fc.record({ used: fc.boolean(), ticket: text, source, generation: fc.integer({ min: 1, max: 3 }) }),
      ({ used, ticket, source: from, generation }) => {
        const asked = { ...request, ticketHash: hash(ticket), source: from, generation };
        const verdict = judgeEnrolment(used ? enrolled : waiting, asked, now);
        const genuine = ticket === 'ticket' && from === waiting.address && generation === waiting.generation;
        expect(['admit', 'repeat'].includes(verdict)).toBe(genuine);
      },
    ),
  );
});
