import { troubleOf, type Trouble, type Troubled } from './trouble.js';

const now = new Date('2026-03-02T08:00:00Z');
const REASON = 'the budget of the pool, 1.00 EUR a month, is used up';
const stuck = (trouble: Trouble | null, reason = REASON): Troubled => ({ trouble, reason, nextTryAt: null });
const free = stuck(null, '');

describe('a budget without room for static IPs', () => {
  it('is what keeps a pool whose other runners are all at work', () => {
    expect(troubleOf('builders', [stuck('ADDRESS_BUDGET')], now)).toEqual({
      code: 'BUDGET_EXHAUSTED',
      because: `The budget for the pool builders is exhausted, so no static IP is ordered: ${REASON}.`,
      nextTryAt: null,
    });
  });

  it('says nothing of a runner that sleeps and has its own', () => {
    expect(troubleOf('builders', [stuck('ADDRESS_BUDGET'), free], now)).toBeUndefined();
  });
});
