import fc from 'fast-check';
import { continuesTrace, parseRange } from './trace-range.js';

describe('the ranges of a trace', () => {
  it.each([undefined, '', '5', 'a-b', '5-4', '-1-2'])('do not understand %j', (header) => {
    expect(parseRange(header)).toBeUndefined();
  });

  it('understand what the runner sends, whose end is inclusive', () => {
    expect(parseRange('0-41')).toEqual({ start: 0, end: 41 });
  });

  it('accept a piece exactly where it begins at the end of what is there and is as long as it says', () => {
    const size = fc.nat(1000);
    fc.assert(
      fc.property(
        size,
        size,
        fc.integer({ min: 1, max: 1000 }),
        fc.nat(3),
        (there, start, length, surplus) => {
          const accepted = continuesTrace(there, { start, end: start + length - 1 }, length + surplus);
          expect(accepted).toBe(start === there && surplus === 0);
        },
      ),
    );
  });

  it('make a trace whole whatever answers get lost, for the sender resumes at the size that it is told', () => {
    const whole = 'a trace of some length';
    fc.assert(
      fc.property(
        fc.array(fc.record({ length: fc.integer({ min: 1, max: 9 }), lost: fc.boolean() })),
        (pieces) => {
          let stored = '';
          let sent = 0;
          for (const { length, lost } of [...pieces, ...Array(60).fill({ length: 3, lost: false })]) {
            const piece = whole.slice(sent, sent + length);
            if (piece === '') break;
            const accepted = continuesTrace(
              stored.length,
              { start: sent, end: sent + piece.length - 1 },
              piece.length,
            );
            if (accepted) stored += piece;
            if (!lost) sent = stored.length;
          }
          expect(stored).toBe(whole);
        },
      ),
    );
  });
});
