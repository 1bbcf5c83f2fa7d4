import { startTracing } from '@cleanroom/service-kit/edge';
import { SmallInstallation } from './small-installation.js';

describe('operations at the gateway', () => {
  let installation: SmallInstallation;

  beforeAll(async () => {
    installation = await SmallInstallation.start();
  });
  afterAll(() => installation.stop());

  it('join what two services know of one thing', async () => {
    const { data, errors } = await installation.ask(
      '{ viewer { name organization source } runners(first: 2) { nodes { id name address } } }',
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      viewer: { name: 'acme', organization: 'org_acme', source: '127.0.0.1' },
      runners: {
        nodes: [
          { id: 'run_0', name: 'runner run_0', address: 'address of run_0' },
          { id: 'run_1', name: 'runner run_1', address: 'address of run_1' },
        ],
      },
    });
  });

  it('reach services signed for whoever sent them', async () => {
    const { data } = await installation.ask('{ whoCalls }', {
      headers: { 'x-cleanroom-caller': 'eyJraW5kIjoidXNlciJ9', 'x-cleanroom-signature': 'forged' },
    });
    expect(JSON.parse(String(data?.whoCalls))).toMatchObject({ organizationId: 'org_acme', role: 'OWNER' });
    expect(installation.provisioning.refused).toBe(0);
  });

  it('run as mutations, with variables, one of several by name', async () => {
    const query =
      'mutation Wake($id: ID!) { wakeRunner(id: $id) { id address } } query Other { viewer { name } }';
    const response = await fetch(installation.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer crt_acme' },
      body: JSON.stringify({ query, operationName: 'Wake', variables: { id: 'run_9' } }),
    });
    expect(await response.json()).toEqual({
      data: { wakeRunner: { id: 'run_9', address: 'address of run_9' } },
    });
  });

  it('are one trace with what the services do for them, if the caller began one', async () => {
    const stopTracing = await startTracing('gateway', undefined);
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    await installation.ask('{ viewer { name } runners(first: 1) { nodes { address } } }', {
      headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` },
    });
    const calls = [installation.identity.calls.at(-1), installation.provisioning.calls.at(-1)];
    for (const call of calls) expect(String(call?.headers.traceparent).split('-')[1]).toBe(traceId);
    expect(new Set(calls.map((call) => call?.headers.traceparent)).size).toBe(2);
    await stopTracing();
  });

  it('answer __typename', async () => {
    expect((await installation.ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
  });
});
