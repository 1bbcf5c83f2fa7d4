import { GitLabError, type GitLabClient, type GitLabErrorKind } from '@cleanroom/gitlab';
import { ProviderError, type GitLabCalls, type ProviderFailure } from '../../ports.js';

const failures: Partial<Record<GitLabErrorKind, ProviderFailure>> = {
  unauthorized: 'credentials-invalid',
  forbidden: 'credentials-invalid',
  'rate-limited': 'busy',
  unavailable: 'unreachable',
};

/** Speaks to GitLab about a token and translates its failures once. */
export class GitLabTokenCalls implements GitLabCalls {
  constructor(private readonly client: GitLabClient) {}

  async scopes(): Promise<readonly string[]> {
    try {
      return (await this.client.checkToken()).scopes;
    } catch (error) {
      if (!(error instanceof GitLabError)) throw error;
      throw new ProviderError(failures[error.kind] ?? 'unreachable', error.message);
    }
  }
}
