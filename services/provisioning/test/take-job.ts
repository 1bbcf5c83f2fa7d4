import type { SimulatedProvider } from './simulated-provider.js';

/** Takes a queued job with a GitLab runner's token, as the runner program on a machine would. */
export async function takeJob(gitlab: SimulatedProvider, token: string) {
  await gitlab.steer('POST', 'jobs', { project: 'acme/web', tags: ['linux'], script: ['sleep 3600'] });
  const job = await runnerCall<{ id: number; token: string }>(gitlab, 'POST', '/jobs/request', {
    token,
    system_id: 's_spec',
    info: { name: 'gitlab-runner', version: '18.0.0' },
  });
  return {
    id: job.id,
    finish: () =>
      runnerCall(gitlab, 'PUT', `/jobs/${job.id}`, { token: job.token, state: 'success' }).then(
        () => undefined,
      ),
  };
}

async function runnerCall<T>(
  gitlab: SimulatedProvider,
  method: string,
  path: string,
  body: object,
): Promise<T> {
  const answer = await fetch(`${gitlab.url}/api/v4${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return (text.startsWith('{') ? JSON.parse(text) : undefined) as T;
}
