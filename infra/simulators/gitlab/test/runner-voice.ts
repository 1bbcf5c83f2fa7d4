export interface Heard {
  readonly status: number;
  readonly headers: Headers;
  // The shapes are what the specs are about.
  readonly body: Record<string, never> & { id?: number; token?: string; steps?: { script: string[] }[] };
}

/** Speaks the runner protocol as the gitlab-runner binary does. */
export class RunnerVoice {
  private lastUpdate: string | undefined;

  constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly systemId = 's_0123456789ab',
  ) {}

  verify = (): Promise<Heard> => this.say('POST', 'runners/verify', this.self());

  async requestJob(): Promise<Heard> {
    const heard = await this.say('POST', 'jobs/request', { ...this.self(), last_update: this.lastUpdate });
    this.lastUpdate = heard.headers.get('x-gitlab-last-update') ?? this.lastUpdate;
    return heard;
  }

  appendTrace = (jobId: number, jobToken: string, start: number, text: string): Promise<Heard> =>
    this.call('PATCH', `jobs/${jobId}/trace?debug_trace=false`, text, {
      'content-type': 'text/plain',
      'content-range': `${start}-${start + text.length - 1}`,
      'job-token': jobToken,
    });

  updateJob = (jobId: number, jobToken: string, state: string, rest: object = {}): Promise<Heard> =>
    this.say('PUT', `jobs/${jobId}`, { token: jobToken, state, ...rest });

  private say = (method: string, path: string, body: object): Promise<Heard> =>
    this.call(method, path, JSON.stringify(body), { 'content-type': 'application/json' });

  private async call(
    method: string,
    path: string,
    body: string,
    headers: Record<string, string>,
  ): Promise<Heard> {
    const response = await fetch(`${this.url}/api/v4/${path}`, { method, body, headers });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} };
  }

  private self = () => ({
    token: this.token,
    system_id: this.systemId,
    info: {
      ...{
        name: 'gitlab-runner',
        version: '19.0.0',
        revision: 'abc',
        platform: 'linux',
        architecture: 'amd64',
      },
      ...{ executor: 'docker', features: { cancel_gracefully: true } },
    },
  });
}

/** Makes a runner of the group `acme` that takes jobs tagged `linux`. */
export async function createRunnerAt(
  url: string,
  accessToken: string,
): Promise<{ id: number; token: string }> {
  const answer = await fetch(`${url}/api/v4/user/runners`, {
    method: 'POST',
    headers: { 'private-token': accessToken, 'content-type': 'application/json' },
    body: JSON.stringify({ runner_type: 'group_type', group_id: 1, tag_list: ['linux'] }),
  });
  return (await answer.json()) as { id: number; token: string };
}
