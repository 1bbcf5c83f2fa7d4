import { GitLabError, type GitLabClient } from '@cleanroom/gitlab';
import { scaledClock } from '@cleanroom/kernel';
import { ProviderError } from '../../ports.js';
import { GitLabRunnerCalls } from './gitlab-runners.js';

const YESTERDAY = Date.now() - 86_400_000;

describe('a GitLab that asks for patience', () => {
  it.each([1, 10])(
    'is asked again after as many seconds of a clock that is %i times as fast',
    async (factor) => {
      const clock = scaledClock({ realEpochMs: Date.now(), virtualEpochMs: YESTERDAY, factor });
      const details = { kind: 'rate-limited', operation: 'PUT runners/7' } as const;
      const refuse = () =>
        Promise.reject(new GitLabError('slow', { ...details, retryAt: new Date(Date.now() + 30_000) }));
      const calls = new GitLabRunnerCalls({ pauseRunner: refuse } as unknown as GitLabClient, clock);
      const error: unknown = await calls.pause(7).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(ProviderError);
      const { failure, retryAt } = error as ProviderError;
      expect(failure).toBe('busy');
      const seconds = ((retryAt?.getTime() ?? 0) - clock.now().getTime()) / 1000;
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(30.1);
    },
  );
});
