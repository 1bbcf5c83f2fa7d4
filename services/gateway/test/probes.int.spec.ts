import { SmallInstallation } from './small-installation.js';

describe('what the surroundings of a gateway ask', () => {
  let installation: SmallInstallation;

  beforeEach(async () => {
    installation = await SmallInstallation.start();
  });
  afterEach(() => installation.stop());

  const at = (path: string, init?: RequestInit) => fetch(`${installation.gateway.url}${path}`, init);

  it('is whether the gateway lives and is ready, and which services are', async () => {
    expect((await at('/health/live')).status).toBe(200);
    const ready = await at('/health/ready');
    expect(ready.status).toBe(200);
    await installation.provisioning.stop();
    expect(await (await at('/health/ready')).json()).toEqual({
      status: 'ready',
      services: { identity: true, provisioning: false, scheduling: false, billing: false },
    });
    await installation.identity.stop();
    expect((await at('/health/ready')).status).toBe(503);
    await installation.startIdentity();
  });

  it('is whether it is ready and serves, which it is and does while the services lack their bus', async () => {
    const { identity, provisioning } = installation;
    identity.isReady = provisioning.isReady = false;
    expect((await at('/health/serving')).status).toBe(200);
    expect(await (await at('/health/ready')).json()).toEqual({
      status: 'ready',
      services: { identity: true, provisioning: true, scheduling: true, billing: true },
    });
    identity.isReady = provisioning.isReady = true;
  });

  it('is whether it serves: once it has met identity, and from then on', async () => {
    const { port } = installation.identity;
    await installation.identity.stop();
    expect((await at('/health/serving')).status).toBe(503);
    await installation.startIdentity(port);
    expect((await at('/health/serving')).status).toBe(200);
    await installation.identity.stop();
    expect((await at('/health/serving')).status).toBe(200);
    expect((await at('/health/ready')).status).toBe(503);
    await installation.startIdentity();
  });

  it('is whether it serves beside an old identity too, which can only say whether it is ready', async () => {
    const { identity } = installation;
    identity.isOld = true;
    identity.isReady = false;
    expect((await at('/health/serving')).status).toBe(503);
    identity.isReady = true;
    expect((await at('/health/serving')).status).toBe(200);
  });

  it('is figures', async () => {
    await installation.ask('{ viewer { name } }');
    const figures = await (await at('/metrics')).text();
    expect(figures).toMatch(/cleanroom_request_seconds_count\{.*route="\/graphql",status="200"\} 1/);
  });

  it.each(['x-forwarded-for', 'forwarded', 'via'])(
    'is not answered with figures where somebody stands behind a proxy that nobody named, which says %s',
    async (name) => {
      expect((await at('/metrics', { headers: { [name]: '198.51.100.7' } })).status).toBe(404);
    },
  );
});
