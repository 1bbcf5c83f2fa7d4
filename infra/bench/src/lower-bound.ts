import type { Job } from './job.js';
import { HOUR } from './outcome.js';

/**
 * Fewest started hours with which anybody, knowing the whole trace, could serve it while no job waits longer than
 * `patience` milliseconds: a bound from below.
 *
 * Proof. A job that starts at most `patience` after its arrival runs during all of [arrival + patience, arrival +
 * duration), where that is not empty. So at each instant there are at least as many machines as such intervals, and
 * each machine is, at each instant of its life, inside one of its started hours: the started hours are intervals of one
 * hour that cover each instant at least that many times. The fewest intervals of one length that do so are found from
 * left to right: at the first instant that lacks cover, some interval has to begin no later than there, and beginning
 * it later never covers less of what is still open. Nothing else is asked of the hours (not that a job stays on one
 * machine), so the true optimum is never less.
 */
export function lowerBound(jobs: readonly Job[], patience = 0): number {
  const edges = jobs
    .filter(({ duration }) => duration > patience)
    .flatMap(({ arrival, duration }) => [
      { at: arrival + patience, change: 1 },
      { at: arrival + duration, change: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.change - b.change);
  const ends: number[] = [];
  let [need, expired] = [0, 0];
  edges.forEach(({ at, change }, index) => {
    need += change;
    const next = edges[index + 1]?.at ?? at;
    if (next === at) return;
    expired = cover(ends, expired, need, at, next);
  });
  return ends.length;
}

/** Begins hours so that `need` of them cover all of [from, to); returns how many of `ends` are over at its end. */
function cover(ends: number[], expired: number, need: number, from: number, to: number): number {
  let over = expired;
  const endBefore = (at: number): void => {
    while ((ends[over] ?? Infinity) <= at) over++;
  };
  endBefore(from);
  for (let at = from; at < to;) {
    while (ends.length - over < need) ends.push(at + HOUR);
    at = Math.min(ends[over] ?? Infinity, to);
    if (at < to) endBefore(at);
  }
  return over;
}
