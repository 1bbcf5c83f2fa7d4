import type { Loop } from '@cleanroom/kernel';
import { decideEdge } from '../actions/decide-edge.js';
import type { Ports } from '../ports.js';

/** Decides anew how many runners a pool keeps awake, when a window begins or ends. */
export const decidePools: Loop<Ports> = {
  table: 'capacity_decision',
  step: decideEdge,
  leaseSeconds: 15,
  comesRound: true,
};
