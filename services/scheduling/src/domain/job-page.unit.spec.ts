import { jobPage } from './job-page.js';

const job = { projectPath: 'acme/web', gitlabJobId: 4711 };

describe('the page of a job', () => {
  it.each([
    ['https://gitlab.example', 'https://gitlab.example/acme/web/-/jobs/4711'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/acme/web/-/jobs/4711'],
    ['https://tools.example/gitlab/', 'https://tools.example/gitlab/acme/web/-/jobs/4711'],
  ])('is at %s where its GitLab is', (url, page) => {
    expect(jobPage(url, job)).toBe(page);
  });

  it('has no part of a path that means something else in an address', () => {
    expect(jobPage('https://gitlab.example', { ...job, projectPath: 'acme/a?b#c d%2f"' })).toBe(
      'https://gitlab.example/acme/a%3Fb%23c%20d%252f%22/-/jobs/4711',
    );
  });

  it('tells nobody what the address of the GitLab says beside where it is', () => {
    expect(jobPage('https://user:secret@gitlab.example/?token=1#here', job)).toBe(
      'https://gitlab.example/acme/web/-/jobs/4711',
    );
  });

  it.each(['javascript:alert(1)//', 'data:text/html,x', 'ftp://gitlab.example', 'gitlab.example', ''])(
    'is none at "%s"',
    (url) => {
      expect(jobPage(url, job)).toBeNull();
    },
  );

  it.each(['', '/evil.example', 'acme/../../admin', 'acme/.', 'acme//web'])(
    'is none of a project "%s"',
    (projectPath) => {
      expect(jobPage('https://gitlab.example', { ...job, projectPath })).toBeNull();
    },
  );
});
