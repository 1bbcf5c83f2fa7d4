import { FINISH_WITHIN_MS } from './gateway.js';

/** An installation on one machine kills a process that has not stopped by then; others wait longer. */
const OPERATOR_WAITS_MS = 7_000;

it('cuts off what is still in hand before an operator has lost patience', () => {
  expect(FINISH_WITHIN_MS).toBeLessThan(OPERATOR_WAITS_MS);
});
