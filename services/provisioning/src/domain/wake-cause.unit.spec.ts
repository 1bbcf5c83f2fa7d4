import { askedByHand, wakeCause } from './wake-cause.js';

const now = new Date('2026-11-23T09:30:00Z');
const later = new Date('2026-11-23T12:00:00Z');
const pool = { wantedBecause: '2 jobs queued' };

describe('why a runner is woken', () => {
  it('is what scheduling says', () => {
    const wish = { wantedBecause: '1 job queued', wantedBy: 'scheduling' };
    expect(wakeCause({ ...wish, pinnedUntil: null }, pool, now)).toEqual({
      message: 'woken: 1 job queued',
      actor: 'scheduling: 1 job queued',
      patch: { ...wish, stateReason: '1 job queued' },
    });
  });

  it('is a person once, and then that it is kept awake for them', () => {
    const asked = { ...askedByHand('ann', later, false), pinnedUntil: later };
    const first = wakeCause(asked, pool, now);
    expect(first).toMatchObject({
      message: 'woken by ann',
      actor: 'user: ann',
      patch: { stateReason: 'woken by ann' },
    });
    const second = wakeCause({ ...asked, ...first.patch }, pool, now);
    const because = 'it is kept awake until 2026-11-23T12:00:00.000Z, as asked by ann';
    expect(second).toMatchObject({ message: `woken: ${because}`, actor: 'provisioning' });
    expect(second.patch).toEqual({ ...askedByHand('ann', later, true), stateReason: because });
    expect(first.patch).toMatchObject(askedByHand('ann', later, true));
  });

  it.each([true, false])('is scheduling again once the time is over that was asked for', (isAwake) => {
    const asked = { ...askedByHand('ann', now, isAwake), pinnedUntil: now };
    expect(wakeCause(asked, pool, now)).toMatchObject({
      message: 'woken: 2 jobs queued',
      actor: 'scheduling: 2 jobs queued',
      patch: { wantedBecause: '2 jobs queued', wantedBy: 'scheduling' },
    });
  });
});
