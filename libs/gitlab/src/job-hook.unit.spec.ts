import { parseJobHook } from './job-hook.js';

const hook = {
  object_kind: 'build',
  ref: 'main',
  tag: false,
  build_id: 12,
  build_name: 'test',
  build_status: 'running',
  build_created_at: '2024-06-11 03:02:25 UTC',
  build_started_at: '2021-02-23T02:41:37.886Z',
  build_finished_at: null,
  pipeline_id: 5,
  project_id: 4,
  runner: { id: 9, tags: ['linux'] },
  project: { path_with_namespace: 'acme/web' },
};

describe('reading a job webhook', () => {
  it('understands both forms of dates', () => {
    expect(parseJobHook(JSON.stringify(hook))).toMatchObject({
      jobId: 12,
      status: 'running',
      projectPath: 'acme/web',
      runnerId: 9,
      createdAt: new Date('2024-06-11T03:02:25Z'),
      startedAt: new Date('2021-02-23T02:41:37.886Z'),
      finishedAt: null,
    });
  });

  it('prefers the ISO form where GitLab sends both', () => {
    const body = JSON.stringify({ ...hook, build_created_at_iso: '2024-06-11T03:02:25.500Z' });
    expect(parseJobHook(body)?.createdAt).toEqual(new Date('2024-06-11T03:02:25.500Z'));
  });

  it('knows no runner while the job is pending', () => {
    expect(parseJobHook(JSON.stringify({ ...hook, runner: null }))?.runnerId).toBeNull();
  });

  it.each(['', 'null', '[]', '{"object_kind":"pipeline"}', '{"object_kind":"build","build_id":"x"}'])(
    'reads %j as no job webhook',
    (body) => expect(parseJobHook(body)).toBeUndefined(),
  );

  it.each([1.5, 2 ** 60])('takes %d for no number of a job', (build_id) => {
    expect(parseJobHook(JSON.stringify({ ...hook, build_id }))).toBeUndefined();
  });
});
