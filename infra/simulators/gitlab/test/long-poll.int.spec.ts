import { scaledClock } from '@cleanroom/kernel';
import { startGitLabSimulator } from '../src/index.js';
import { adminOf } from './admin-client.js';
import { createRunnerAt, RunnerVoice } from './runner-voice.js';

const TOKEN = 'glpat-test-owner';

describe('a question for a job that is held', () => {
  const begin = async (longPollSeconds: number, factor = 1) => {
    const clock = scaledClock({ realEpochMs: Date.now(), virtualEpochMs: Date.now(), factor });
    const tokens = { [TOKEN]: { scopes: ['api'] } };
    const simulator = await startGitLabSimulator({ tokens, clock, longPollSeconds });
    const { token } = await createRunnerAt(simulator.url, TOKEN);
    return { simulator, voice: new RunnerVoice(simulator.url, token), admin: adminOf(simulator.url) };
  };

  it('is answered when a job comes, which the next question then gets', async () => {
    const { simulator, voice, admin } = await begin(50);
    expect((await voice.requestJob()).status).toBe(204);
    let answered = false;
    const held = voice.requestJob().finally(() => (answered = true));
    await admin.queueJobs({ tags: ['other'] });
    expect(answered).toBe(false);
    const [jobId] = await admin.queueJobs({ tags: ['linux'] });
    expect((await held).status).toBe(204);
    expect((await voice.requestJob()).body.id).toBe(jobId);
    await simulator.stop();
  });

  it('is answered with nothing when the time of the clock is over', async () => {
    const { simulator, voice } = await begin(50, 1_000);
    await voice.requestJob();
    const asked = performance.now();
    const answer = await voice.requestJob();
    expect([answer.status, answer.headers.get('x-gitlab-last-update')]).toEqual([204, null]);
    expect(performance.now() - asked).toBeGreaterThan(45);
    await simulator.stop();
  });

  it('does not keep the simulator from stopping', async () => {
    const { simulator, voice, admin } = await begin(50);
    await voice.requestJob();
    const held = voice.requestJob().catch(() => undefined);
    await admin.ledger();
    await simulator.stop();
    await held;
  });
});
