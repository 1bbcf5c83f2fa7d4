import type { RunnerState } from './runner-states.js';

/** A corner of a shape, from 0 to 1 in both directions. */
export type Point = readonly [x: number, y: number];

/** The shape of a state, which alone says which state it is: colours differ between eyes and screens. */
export interface Mark {
  readonly tone: 'busy' | 'idle' | 'coming' | 'leaving' | 'failed' | 'away';
  readonly frame: 'none' | 'firm' | 'faint' | 'dashed';
  readonly fill: readonly Point[];
  readonly isCross?: true;
}

const box = (left: number, top: number, right: number, bottom: number): readonly Point[] => [
  [left, top],
  [right, top],
  [right, bottom],
  [left, bottom],
];

const MARKS: Readonly<Record<RunnerState, Mark>> = {
  BUSY: { tone: 'busy', frame: 'none', fill: box(0, 0, 1, 1) },
  IDLE: { tone: 'idle', frame: 'firm', fill: box(0.34, 0.34, 0.66, 0.66) },
  STARTING: { tone: 'coming', frame: 'firm', fill: box(0, 0.64, 1, 1) },
  ENROLLING: { tone: 'coming', frame: 'firm', fill: box(0, 0.36, 1, 1) },
  CLEANING: {
    tone: 'leaving',
    frame: 'firm',
    fill: [
      [0, 0],
      [1, 1],
      [0, 1],
    ],
  },
  DRAINING: { tone: 'leaving', frame: 'firm', fill: box(0, 0, 1, 0.5) },
  STOPPING: { tone: 'leaving', frame: 'none', fill: box(0.28, 0.28, 0.72, 0.72) },
  FAILED: { tone: 'failed', frame: 'none', fill: [], isCross: true },
  REQUESTED: { tone: 'away', frame: 'dashed', fill: [] },
  ASLEEP: { tone: 'away', frame: 'faint', fill: [] },
  DELETED: { tone: 'away', frame: 'none', fill: box(0.4, 0.4, 0.6, 0.6) },
};

export const markOf = (state: RunnerState): Mark => MARKS[state];
