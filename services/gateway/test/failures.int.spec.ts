import type { Log } from '@cleanroom/kernel';
import { eventually } from '@cleanroom/testing';
import { EXPECTED_CODES } from '@cleanroom/service-kit/edge';
import { SmallInstallation } from './small-installation.js';

describe('what goes wrong behind the gateway', () => {
  let installation: SmallInstallation;
  const logged: object[] = [];
  const keep = (level: string) => (fields: object, message: string) =>
    void logged.push({ ...fields, level, message });
  const log: Log = { debug: keep('debug'), info: keep('info'), warn: keep('warn'), error: keep('error') };

  beforeEach(async () => {
    installation = await SmallInstallation.start({}, log);
  });
  afterEach(() => installation.stop());

  it('shows a surprise as a sentence with an id, and logs the rest', async () => {
    const { data, errors, text } = await installation.ask('{ explode viewer { name } }');
    expect(data).toEqual({ explode: null, viewer: { name: 'acme' } });
    expect(errors).toMatchObject([
      {
        message: 'Internal error',
        path: ['explode'],
        extensions: { code: 'INTERNAL', correlationId: expect.any(String) },
      },
    ]);
    expect(text).not.toMatch(/SELECT|vault|\/srv|stack/);
    expect(JSON.stringify(logged)).toContain('an operation failed');
  });

  it.each(EXPECTED_CODES)(
    'shows the expected error %s with its code, without stack and guesses',
    async (code) => {
      const { errors } = await installation.ask(`{ refuse(code: "${code}") }`);
      expect(errors).toEqual([{ message: 'No.', path: ['refuse'], extensions: { code } }]);
    },
  );

  it.each(['NOT_IN_THE_LIST', 'GRAPHQL_VALIDATION_FAILED', ''])(
    'has no other code: %j of a service is a surprise',
    async (code) => {
      const { errors } = await installation.ask(`{ refuse(code: "${code}") }`);
      expect(errors).toEqual([
        {
          message: 'Internal error',
          path: ['refuse'],
          extensions: { code: 'INTERNAL', correlationId: expect.stringMatching(/^[0-9a-f-]{32,36}$/) },
        },
      ]);
    },
  );

  it('says that a variable has the wrong form', async () => {
    const { errors } = await installation.ask('query Q($n: Int!) { runners(first: $n) { nodes { id } } }', {
      variables: { n: 'many' },
    });
    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
  });

  it('says where in its text an operation is wrong', async () => {
    expect((await installation.ask('{ viewer { nam } }')).errors).toEqual([
      {
        message: 'Cannot query field "nam" on type "Viewer".',
        locations: [{ line: 1, column: 12 }],
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });

  it('costs only the fields of a service that is down, and says which', async () => {
    await installation.ask('{ viewer { name } }');
    await installation.provisioning.stop();
    const { data, errors } = await installation.ask(
      '{ viewer { name } runner(id: "run_1") { name address } }',
    );
    expect(data).toEqual({ viewer: { name: 'acme' }, runner: null });
    expect(errors).toEqual([
      {
        message: 'This part is not available now.',
        path: ['runner'],
        extensions: { code: 'SERVICE_UNAVAILABLE' },
      },
    ]);
  });

  it('costs only what a service that is down was asked for, on whichever side of the answer it is', async () => {
    const query = '{ viewer { name } runners(first: 1) { nodes { name } } }';
    await installation.ask(query);
    await installation.identity.stop();
    const { data, errors } = await installation.ask(query);
    expect(data).toEqual({ viewer: null, runners: { nodes: [{ name: 'runner run_0' }] } });
    expect(errors).toMatchObject([{ path: ['viewer'] }]);
  });

  it('costs only a list where its service is down', async () => {
    const query = '{ viewer { name } runners(first: 1) { nodes { name } } }';
    await installation.ask(query);
    await installation.provisioning.stop();
    const { data, errors } = await installation.ask(query);
    expect(data).toEqual({ viewer: { name: 'acme' }, runners: null });
    expect(errors).toMatchObject([{ path: ['runners'] }]);
  });

  it('costs only the joined fields where the service that joins is down', async () => {
    await installation.ask('{ viewer { name } }');
    await installation.identity.stop();
    const { data, errors } = await installation.ask('{ runners(first: 2) { nodes { id address } } }');
    expect(data).toEqual({
      runners: {
        nodes: [
          { id: 'run_0', address: null },
          { id: 'run_1', address: null },
        ],
      },
    });
    expect(errors).toMatchObject([
      { path: ['runners', 'nodes', 0, 'address'], extensions: { code: 'SERVICE_UNAVAILABLE' } },
    ]);
  });

  it('says of each part that is missing, however many places of long lists lack another', async () => {
    const query = `{ runners(first: 60) { nodes { id address pool { runners(first: 2) { nodes { id address } } } } } }`;
    expect((await installation.ask(query)).errors).toBeUndefined();
    await installation.identity.stop();
    const { errors = [] } = await installation.ask(query);
    const fields = errors.map(({ path = [] }) => path.filter((key) => typeof key === 'string').join('.'));
    expect(new Set(fields)).toEqual(
      new Set(['runners.nodes.address', 'runners.nodes.pool.runners.nodes.address']),
    );
    expect(errors.length).toBeLessThanOrEqual(20);
  });

  it('costs only the fields of a service that hangs, and asks it nothing more once it is known to', async () => {
    const query = '{ viewer { name } runner(id: "run_1") { name address } }';
    const { provisioning } = installation;
    const swallowed = () => provisioning.swallowed.filter((path) => path === '/graphql').length;
    await installation.ask(query);
    provisioning.hangs = true;
    const expectTheRest = async () => {
      const { data, errors } = await installation.ask(query);
      expect(data).toEqual({ viewer: { name: 'acme' }, runner: null });
      expect(errors).toMatchObject([{ path: ['runner'], extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
    };
    await expectTheRest();
    const before = swallowed();
    await expectTheRest();
    const { errors } = await installation.ask('mutation { wakeRunner(id: "run_1") { id } }');
    expect(errors).toMatchObject([{ path: ['wakeRunner'], extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
    expect(swallowed()).toBe(before);
  });

  it.each(['hangs', 'databaseHangs'] as const)(
    'gives up a service that lives no more, or whose database does not (%s), and asks it again soon after',
    async (trouble) => {
      const query = '{ viewer { name } runner(id: "run_1") { name } }';
      installation.provisioning[trouble] = true;
      const began = performance.now();
      const { data, errors } = await installation.ask(query);
      expect(data).toEqual({ viewer: { name: 'acme' }, runner: null });
      // Not by the time that the operation has.
      expect(performance.now() - began).toBeLessThan(6_000);
      expect(errors).toMatchObject([{ path: ['runner'], extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
      installation.provisioning[trouble] = false;
      await eventually(async () => expect((await installation.ask(query)).errors).toBeUndefined());
    },
  );

  it('waits for an old service that is slow, which cannot say whether its database lives', async () => {
    installation.provisioning.isOld = true;
    const { errors } = await installation.ask('{ unhurried }');
    installation.provisioning.isOld = false;
    expect(errors).toBeUndefined();
  });

  it('waits for a service that is slow but lives', async () => {
    const { errors } = await installation.ask('{ unhurried }');
    expect(errors).toBeUndefined();
  });

  it('still shows those whom identity knew a moment ago what the others know, for as long as it hangs', async () => {
    const query = '{ runner(id: "run_1") { name address } }';
    await installation.ask(query);
    installation.identity.hangs = true;
    const { data, errors } = await installation.ask(query);
    expect(data).toMatchObject({ runner: { name: 'runner run_1', address: null } });
    // By itself, not by the time that the operation has.
    expect(errors).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
  });

  it('is over when the service is back, also over a connection that had been open', async () => {
    const { port } = installation.provisioning;
    await installation.ask('{ runner(id: "run_1") { name } }');
    await installation.provisioning.stop();
    await installation.startProvisioning(port);
    const { errors } = await installation.ask('{ runner(id: "run_1") { name } }');
    expect(errors).toBeUndefined();
  });

  it('ends after the time that an operation has, with what there is', async () => {
    const hasty = await SmallInstallation.start({ CLEANROOM_OPERATION_TIMEOUT: '2000' });
    try {
      const { data, errors } = await hasty.ask('{ slow viewer { name } }');
      expect(data).toEqual({ slow: null, viewer: { name: 'acme' } });
      expect(errors).toMatchObject([{ path: ['slow'], extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
    } finally {
      await hasty.stop();
    }
  });

  it('ends so with what there is also where the silent service is asked late', async () => {
    const hasty = await SmallInstallation.start({ CLEANROOM_OPERATION_TIMEOUT: '2000' });
    const query = '{ lateRunners(first: 1) { nodes { name address } } }';
    try {
      expect((await hasty.ask(query)).errors).toBeUndefined();
      hasty.identity.isLocked = true;
      const { data, errors } = await hasty.ask(query);
      expect(data).toEqual({ lateRunners: { nodes: [{ name: 'runner run_0', address: null }] } });
      expect(errors).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
    } finally {
      await hasty.stop();
    }
  });

  it('waits only once for a service that lives and answers no query, until it answers one', async () => {
    const query = '{ viewer { name } runner(id: "run_1") { name } }';
    await installation.ask(query);
    installation.provisioning.isLocked = true;
    await installation.ask(query);
    const began = performance.now();
    const { data, errors } = await installation.ask(query);
    // Not by the time that the operation has, which is 10 seconds.
    expect(performance.now() - began).toBeLessThan(6_000);
    expect(data).toEqual({ viewer: { name: 'acme' }, runner: null });
    expect(errors).toMatchObject([{ path: ['runner'], extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
    installation.provisioning.isLocked = false;
    expect((await installation.ask(query)).errors).toBeUndefined();
    expect((await installation.ask('{ unhurried }')).errors).toBeUndefined();
  });

  it('refuses callers as unknown, not as strangers, while nobody can say who they are', async () => {
    await installation.identity.stop();
    const { status, headers, errors } = await installation.ask('{ viewer { name } }');
    expect(status).toBe(503);
    expect(headers.get('retry-after')).toBe('1');
    expect(errors?.[0]?.extensions?.code).toBe('SERVICE_UNAVAILABLE');
    // Identity is what failed: the gateway did what it can.
    expect(logged.at(-1)).toMatchObject({ level: 'warn', message: 'nobody said who calls' });
  });
});
