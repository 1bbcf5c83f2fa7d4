import { isLastOwner } from './last-owner.js';

const now = new Date('2026-03-02T08:00:00Z');
const owner = (id: string, expiresAt: Date | null = null) => ({ id, role: 'OWNER' as const, expiresAt });

describe('the last owner', () => {
  it('is the one beside whom nobody can manage the organisation', () => {
    const operator = { id: 'operator', role: 'OPERATOR' as const, expiresAt: null };
    expect(isLastOwner([owner('a'), operator], 'a', now)).toBe(true);
    expect(isLastOwner([owner('a'), operator], 'operator', now)).toBe(false);
    expect(isLastOwner([owner('a'), owner('b')], 'a', now)).toBe(false);
  });

  it('is not one that has expired, and one that has expired is nobody beside it', () => {
    const tokens = [owner('a'), owner('expired', now)];
    expect(isLastOwner(tokens, 'a', now)).toBe(true);
    expect(isLastOwner(tokens, 'expired', now)).toBe(false);
  });
});
