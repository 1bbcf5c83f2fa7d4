import { action, server } from '../test/answers.js';
import { createHetznerClient } from './client.js';

const fsn1 = { location: 'fsn1', price_hourly: { net: '0.0088' }, price_monthly: { net: '5.4900' } };
const nbg1 = { location: 'nbg1', price_hourly: { net: '0.0099' }, price_monthly: { net: '6.0000' } };

/** Orders a server in fsn1, and is answered with such a server type. */
const orderedWith = (serverType: object) => {
  const answer = { server: { ...server, server_type: { name: 'cx23', ...serverType } }, action };
  const client = createHetznerClient({
    ...{ endpoint: 'http://127.0.0.1:1/v1', token: 'x' },
    fetch: async () => Response.json(answer, { status: 201 }),
  });
  return client.createServer({
    ...{ name: 'cr-a-1', serverType: 'cx23', location: 'fsn1', image: 'debian-12', labels: {} },
    ...{ userData: '', sshKeyIds: [7], firewallIds: [8], primaryIpv4Id: 9 },
  });
};

describe('an order', () => {
  it.each([
    ['that of another place', [nbg1, fsn1]],
    ['some without a sense', [null, 'x', { location: 'hel1' }, { ...nbg1, price_hourly: 1 }, fsn1]],
  ])('is answered with the net price of where the server is, beside %s', async (_, prices) => {
    expect((await orderedWith({ prices })).price).toEqual({ hourlyNet: '0.0088', monthlyNet: '5.4900' });
  });

  it.each<[string, object]>([
    ['no prices', {}],
    ['none', { prices: null }],
    ['an empty list of them', { prices: [] }],
    ['something else than a list', { prices: { fsn1 } }],
    ['those of other places', { prices: [nbg1] }],
    ['none for a month', { prices: [{ ...fsn1, price_monthly: undefined }] }],
    ['numbers', { prices: [{ ...fsn1, price_hourly: { net: 0.0088 } }] }],
  ])('is accepted all the same where the answer has %s', async (_, serverType) => {
    const { server: accepted, price } = await orderedWith(serverType);
    expect([accepted.id, price]).toEqual([42, undefined]);
  });
});
