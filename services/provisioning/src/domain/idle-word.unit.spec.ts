import { saysIdle } from './idle-word.js';

const SINCE = new Date('2026-03-02T08:00:00Z');
const at = (seconds: number): Date => new Date(SINCE.getTime() + seconds * 1000);

/** It has its runner started, and nothing is known of a job. */
const started = {
  generation: 1,
  startedGeneration: 1,
  failedGeneration: 0,
  gitlabRunnerId: 9,
  maxBuilds: 1,
  jobStarted: false,
  jobOver: false,
  idleSaidAt: null,
  lastReportAt: at(-30),
};

describe('whether no job runs on a machine, by its own word', () => {
  it.each([
    ['nobody has told it a token', { maxBuilds: null, startedGeneration: 0 }],
    ['there is no GitLab runner', { gitlabRunnerId: 0 }],
    ['it can do no more', { failedGeneration: 1 }],
    ['its only job is over', { jobStarted: true, jobOver: true }],
    ['it said so since then, a moment ago', { idleSaidAt: at(10) }],
    ['its last job is over and it said so since then', { ...over(0), idleSaidAt: at(10) }],
  ])('is known where %s', (_, given) => {
    expect(saysIdle({ ...started, ...given }, SINCE, at(60))).toBe(true);
  });

  it.each([
    ['it has said nothing of a job', {}],
    ['it says that it lives and nothing else', { lastReportAt: at(59) }],
    ['it said so before then', { idleSaidAt: at(-1) }],
    ['it said so, and a job began since', { idleSaidAt: at(10), jobStarted: true }],
    ['a job of several is over, and the next may have begun', over(0)],
  ])('is not known where %s', (_, given) => {
    expect(saysIdle({ ...started, ...given }, SINCE, at(60))).toBe(false);
  });

  it('is not known any more two minutes after it was said', () => {
    const said = { ...started, idleSaidAt: at(10), lastReportAt: at(200) };
    expect(saysIdle(said, SINCE, at(130))).toBe(true);
    expect(saysIdle(said, SINCE, at(131))).toBe(false);
  });

  it('is taken for granted of one that has been dead for an hour, and not of one that never says that it lives', () => {
    const busy = { ...started, jobStarted: true };
    expect(saysIdle(busy, SINCE, at(3_599))).toBe(false);
    expect(saysIdle(busy, SINCE, at(3_600))).toBe(true);
    expect(saysIdle({ ...busy, lastReportAt: at(1) }, SINCE, at(3_600))).toBe(false);
    expect(saysIdle({ ...busy, lastReportAt: null }, SINCE, at(86_400))).toBe(false);
  });
});

function over(maxBuilds: number) {
  return { jobStarted: true, jobOver: true, maxBuilds };
}
