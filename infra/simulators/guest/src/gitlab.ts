import type { RunnerConfig } from './guest-disk.js';
import type { Answer, Voice } from './voice.js';

const INFO = {
  name: 'gitlab-runner',
  version: '19.0.0',
  platform: 'linux',
  architecture: 'amd64',
  executor: 'docker',
  shell: 'bash',
  features: {
    ...{ variables: true, trace_reset: true, trace_checksum: true, trace_size: true },
    ...{ cancelable: true, cancel_gracefully: true, return_exit_code: true },
  },
};

/** The calls of gitlab-runner to GitLab. */
export class GitLab {
  private lastUpdate: string | undefined;

  constructor(
    private readonly voice: Voice,
    private readonly runner: RunnerConfig,
    private readonly systemId: string,
    /** Tells in GitLab's ledger whose runner it is. */
    private readonly revision = 'simulated',
  ) {}

  /** 201 with a job, 204 without; what GitLab sent along is given back with the next question. */
  async requestJob(): Promise<Answer> {
    const answer = await this.say('POST', 'jobs/request', { ...this.self(), last_update: this.lastUpdate });
    const update = answer.headers['x-gitlab-last-update'];
    if (typeof update === 'string') this.lastUpdate = update;
    return answer;
  }

  updateJob = (id: number, token: string, update: object): Promise<Answer> =>
    this.say('PUT', `jobs/${id}`, { info: this.info(), token, ...update });

  /** @param start where the bytes begin in the whole trace */
  appendTrace = (id: number, token: string, start: number, bytes: Buffer): Promise<Answer> =>
    this.voice.say({
      method: 'PATCH',
      url: this.url(`jobs/${id}/trace?debug_trace=false`),
      headers: {
        'content-type': 'text/plain',
        'content-range': `${start}-${start + bytes.length - 1}`,
        'job-token': token,
      },
      body: bytes,
    });

  private info = () => ({ ...INFO, revision: this.revision });

  private self = () => ({ info: this.info(), token: this.runner.token, system_id: this.systemId });

  private say = (method: string, path: string, body: object): Promise<Answer> =>
    this.voice.say({
      method,
      url: this.url(path),
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
    });

  private url = (path: string): string =>
    `${this.runner.gitlabUrl.replace(/(?<!\/)\/+$/, '')}/api/v4/${path}`;
}
