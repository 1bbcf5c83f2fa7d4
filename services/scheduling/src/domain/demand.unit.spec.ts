import fc from 'fast-check';
import { demandOf, type DemandJob, type DemandRunner } from './demand.js';

const since = new Date('2026-03-02T08:00:00Z');
const later = new Date('2026-03-02T08:05:00Z');
const runner = (given: Partial<DemandRunner> = {}): DemandRunner => ({
  id: 'run_1',
  state: 'IDLE',
  stateSince: since,
  gitlabRunnerId: 7,
  ...given,
});
const queued: DemandJob = { status: 'QUEUED', gitlabRunnerId: null, finishedAt: null };
const running: DemandJob = { status: 'RUNNING', gitlabRunnerId: 7, finishedAt: null };
const finished: DemandJob = { status: 'SUCCEEDED', gitlabRunnerId: 7, finishedAt: later };

describe('the demand on a pool', () => {
  it('counts a job that runs as busy before its runner says so', () => {
    expect(demandOf([runner()], [running, queued])).toEqual({ busy: 1, queued: 1 });
  });

  it('counts a job once while its runner is BUSY and it is still queued here', () => {
    expect(demandOf([runner({ state: 'BUSY' })], [queued])).toEqual({ busy: 1, queued: 0 });
  });

  it('counts a job once when both have told of it', () => {
    expect(demandOf([runner({ state: 'BUSY' })], [running])).toEqual({ busy: 1, queued: 0 });
  });

  it.each(['DRAINING', 'STOPPING', 'FAILED', 'ASLEEP'])(
    'leaves out a job on a runner that is %s',
    (state) => {
      expect(demandOf([runner({ state })], [running, queued])).toEqual({ busy: 0, queued: 1 });
    },
  );

  it('hides no queued job behind a runner whose job has just finished', () => {
    expect(demandOf([runner({ state: 'BUSY' })], [finished, queued])).toEqual({ busy: 1, queued: 1 });
  });

  it('does not mistake the job of a former life for the present one', () => {
    const reborn = runner({ state: 'BUSY', stateSince: new Date('2026-03-02T09:00:00Z') });
    expect(demandOf([reborn], [finished, queued])).toEqual({ busy: 1, queued: 0 });
  });

  it('stays the number of jobs, whichever of the two news of each start has arrived', () => {
    const start = fc.record({ jobKnown: fc.boolean(), runnerKnown: fc.boolean() });
    fc.assert(
      fc.property(fc.array(start, { maxLength: 20 }), fc.nat(20), (starts, waiting) => {
        const runners = starts.map(({ runnerKnown }, index) =>
          runner({ id: `run_${index}`, state: runnerKnown ? 'BUSY' : 'IDLE', gitlabRunnerId: index }),
        );
        const jobs = starts.map(({ jobKnown }, index): DemandJob =>
          jobKnown ? { ...running, gitlabRunnerId: index } : queued,
        );
        const demand = demandOf(runners, [...jobs, ...Array.from({ length: waiting }, () => queued)]);
        expect(demand.busy + demand.queued).toBe(starts.length + waiting);
      }),
    );
  });
});
