import { GitLabError } from '@cleanroom/gitlab';
import { GitLabRefused, GitLabUnavailable } from '../../ports.js';

/** Does a call to GitLab and turns its failure into one of the two that actions know. */
export const asking = async <T>(call: () => Promise<T>): Promise<T> => {
  try {
    return await call();
  } catch (error) {
    throw error instanceof GitLabError ? translate(error) : error;
  }
};

/** The same, where "there is no such thing" is an answer. */
export const askingForMaybe = <T>(call: () => Promise<T>): Promise<T | undefined> =>
  asking(async () => {
    try {
      return await call();
    } catch (error) {
      if (error instanceof GitLabError && error.kind === 'not-found') return undefined;
      throw error;
    }
  });

function translate({ kind, message, retryAt }: GitLabError): Error {
  switch (kind) {
    case 'unauthorized':
    case 'forbidden':
    case 'not-found':
    case 'invalid':
    case 'conflict':
      return new GitLabRefused(message);
    case 'rate-limited':
      return new GitLabUnavailable(message, retryAt && Math.max(0, retryAt.getTime() - Date.now()));
    case 'unknown-outcome':
    case 'unavailable':
      return new GitLabUnavailable(message);
  }
}
