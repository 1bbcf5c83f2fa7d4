import { HetznerError, type HetznerClient } from '@cleanroom/hetzner';
import { systemClock } from '@cleanroom/kernel';
import { HetznerServers } from './hetzner-servers.js';

const outcomeWhere = (getActions: () => Promise<object[]>) =>
  new HetznerServers({ getActions } as unknown as HetznerClient, 'spec', systemClock).outcomeOf(7);
const fails = (kind: HetznerError['kind']) => async () => {
  throw new HetznerError({ kind, operation: 'getActions', code: kind });
};

describe('a deletion of a server that is gone', () => {
  const deletionAfter = (lostAnswer: boolean) => {
    const deleteServer = async () => {
      const gone = new HetznerError({ kind: 'not-found', operation: 'deleteServer', code: 'not_found' });
      throw Object.assign(gone, { afterLostAnswer: lostAnswer });
    };
    return new HetznerServers({ deleteServer } as unknown as HetznerClient, 'spec', systemClock).delete(7);
  };

  it('is done', async () => {
    expect(await deletionAfter(false)).toBeUndefined();
  });

  it('is asked for again where it may be the first request, with a lost answer, that did it', async () => {
    await expect(deletionAfter(true)).rejects.toMatchObject({ failure: 'unknown-outcome' });
  });
});

describe('the outcome of a deletion', () => {
  it.each([
    ['success', 'done'],
    ['running', 'running'],
    ['error', 'failed'],
  ])('that has the status %s is %s', async (status, outcome) => {
    expect(await outcomeWhere(async () => [{ status }])).toBe(outcome);
  });

  it('that Hetzner has forgotten is not waited for', async () => {
    expect(await outcomeWhere(async () => [])).toBe('failed');
    expect(await outcomeWhere(fails('not-found'))).toBe('failed');
  });

  it('stays open where Hetzner does not answer', async () => {
    await expect(outcomeWhere(fails('unavailable'))).rejects.toMatchObject({ failure: 'busy' });
  });
});
