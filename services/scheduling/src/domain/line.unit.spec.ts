import fc from 'fast-check';
import { lineUp, type InLine } from './line.js';

const job = (projectId: number, gitlabJobId: number): InLine => ({
  id: `job_${gitlabJobId}`,
  projectId,
  gitlabJobId,
});
const numbers = (line: readonly InLine[]): number[] => line.map(({ gitlabJobId }) => gitlabJobId);

describe('the line of a pool', () => {
  it('has the oldest first where the pool is of a group or a project', () => {
    const jobs = [job(1, 3), job(2, 2), job(1, 1)];
    expect(numbers(lineUp('GROUP', jobs, new Map()))).toEqual([1, 2, 3]);
    expect(numbers(lineUp('PROJECT', jobs, new Map([[1, 5]])))).toEqual([1, 2, 3]);
  });

  it('goes round the projects where the pool is of an instance, and counts what they run already', () => {
    const jobs = [job(1, 1), job(1, 2), job(1, 3), job(2, 4), job(3, 5)];
    expect(numbers(lineUp('INSTANCE', jobs, new Map()))).toEqual([1, 4, 5, 2, 3]);
    expect(numbers(lineUp('INSTANCE', jobs, new Map([[1, 1]])))).toEqual([4, 5, 1, 2, 3]);
  });

  it('is what comes of handing out one job after the other, each to the project with the fewest', () => {
    const some = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.nat(99)), {
      selector: ([, id]) => id,
      maxLength: 20,
    });
    const at = fc.dictionary(fc.constantFrom('1', '2', '3', '4'), fc.nat(4));
    fc.assert(
      fc.property(some, at, (pairs, running) => {
        const jobs = pairs.map(([project, id]) => job(project, id));
        const runs = new Map(Object.entries(running).map(([project, count]) => [Number(project), count]));
        const handedOut: number[] = [];
        const waiting = new Set(jobs);
        const count = new Map(runs);
        while (waiting.size > 0) {
          const [next] = [...waiting].sort(
            (a, b) =>
              (count.get(a.projectId) ?? 0) - (count.get(b.projectId) ?? 0) || a.gitlabJobId - b.gitlabJobId,
          );
          waiting.delete(next!);
          count.set(next!.projectId, (count.get(next!.projectId) ?? 0) + 1);
          handedOut.push(next!.gitlabJobId);
        }
        expect(numbers(lineUp('INSTANCE', jobs, runs))).toEqual(handedOut);
      }),
    );
  });

  it('lets no project wait for more than one job of each other project per job of its own', () => {
    const flood = Array.from({ length: 500 }, (_, index) => job(1, index));
    const line = lineUp('INSTANCE', [...flood, job(2, 900), job(2, 901)], new Map());
    expect(numbers(line).indexOf(900)).toBe(1);
    expect(numbers(line).indexOf(901)).toBe(3);
  });
});
