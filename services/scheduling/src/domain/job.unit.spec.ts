import fc from 'fast-check';
import { advance, isOver, queuedAtOf, vanish, type Job, type JobFacts } from './job.js';

const createdAt = new Date('2026-03-02T08:00:00Z');
const facts = (gitlabStatus: string, given: Partial<JobFacts> = {}): JobFacts => ({
  projectId: 1,
  projectPath: 'acme/web',
  gitlabJobId: 2,
  name: 'build',
  gitlabStatus,
  tags: ['linux'],
  ref: 'main',
  refIsTag: false,
  createdAt,
  ...given,
});
const queued: Job = {
  id: 'job_1',
  organizationId: 'org_1',
  version: 1,
  connectionId: 'gl_1',
  projectId: 1,
  projectPath: 'acme/web',
  gitlabJobId: 2,
  name: 'build',
  status: 'QUEUED',
  tags: ['linux'],
  ref: 'main',
  refProtected: null,
  poolId: 'pool_1',
  gitlabRunnerId: null,
  queuedAt: createdAt,
  startedAt: null,
  finishedAt: null,
  vanished: false,
};
const rank = { QUEUED: 0, RUNNING: 1, SUCCEEDED: 2, FAILED: 2, CANCELED: 2 };

describe('a job that GitLab tells of', () => {
  it('only ever moves forward, in whatever order the answers arrive', () => {
    const status = fc.constantFrom(
      'created',
      'pending',
      'running',
      'canceling',
      'success',
      'failed',
      'canceled',
      'manual',
    );
    fc.assert(
      fc.property(fc.array(status, { maxLength: 12 }), (answers) => {
        let job = queued;
        for (const answer of answers) {
          const next = advance(job, facts(answer)) ?? job;
          expect(rank[next.status]).toBeGreaterThanOrEqual(rank[job.status]);
          if (isOver(job.status)) expect(next).toBe(job);
          job = next;
        }
      }),
    );
  });

  it('has a higher version after each change, and none after an answer that brings nothing new', () => {
    const running = advance(queued, facts('running', { gitlabRunnerId: 7, startedAt: createdAt }));
    expect(running).toMatchObject({ status: 'RUNNING', gitlabRunnerId: 7, version: 2 });
    expect(advance(running!, facts('running', { gitlabRunnerId: 7, startedAt: createdAt }))).toBeUndefined();
  });

  it('counts no more once GitLab does not know it, and is taken up again should it appear again', () => {
    const gone = vanish(queued, createdAt)!;
    expect(gone).toMatchObject({ status: 'CANCELED', vanished: true });
    expect(advance(gone, facts('pending'))).toMatchObject({
      status: 'QUEUED',
      vanished: false,
      finishedAt: null,
    });
  });

  it('has waited as long as GitLab says, and never since before it was made', () => {
    const readAt = new Date('2026-03-02T08:10:00Z');
    expect(queuedAtOf(facts('pending', { queuedSeconds: 60 }), readAt).toISOString()).toBe(
      '2026-03-02T08:09:00.000Z',
    );
    expect(queuedAtOf(facts('pending', { queuedSeconds: 6000 }), readAt)).toEqual(createdAt);
    expect(queuedAtOf(facts('pending'), readAt)).toEqual(createdAt);
  });
});
