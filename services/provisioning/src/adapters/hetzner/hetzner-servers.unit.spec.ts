import { HetznerError, type HetznerClient } from '@cleanroom/hetzner';
import { systemClock } from '@cleanroom/kernel';
import type { ServerOrder } from '../../ports.js';
import { HetznerServers } from './hetzner-servers.js';

const outcomeWhere = (getActions: () => Promise<object[]>) =>
  new HetznerServers({ getActions } as unknown as HetznerClient, 'spec', systemClock).outcomeOf(7);
const fails = (kind: HetznerError['kind']) => async () => {
  throw new HetznerError({ kind, operation: 'getActions', code: kind });
};

describe('an order that was accepted', () => {
  const orderedAt = async (hourlyNet: string, monthlyNet: string) => {
    const server = { id: 42, name: 'cr-a-1', created: new Date(), labels: {} };
    const createServer = async () => ({ server, price: { hourlyNet, monthlyNet } });
    const servers = new HetznerServers({ createServer } as unknown as HetznerClient, 'spec', systemClock);
    const { id, priceAtOrder } = await servers.order({} as ServerOrder);
    expect(id).toBe(42);
    return priceAtOrder;
  };

  it('has the price that the answer told', async () => {
    expect(await orderedAt('0.0088000000000000', '5.49')).toEqual({
      hourlyMicros: 8_800n,
      monthlyCapMicros: 5_490_000n,
    });
  });

  it.each(['', 'free', '0.0000', '-1', '1e3', '999999999999999'])(
    'has no price where one of both is %p, and is accepted all the same',
    async (amount) => {
      expect(await orderedAt(amount, '5.49')).toBeUndefined();
      expect(await orderedAt('0.0088', amount)).toBeUndefined();
    },
  );
});

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
