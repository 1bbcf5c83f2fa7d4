import { createLogger } from './logger.js';
import { addLogFields, withLogFields } from './log-fields.js';
import { currentTraceParent, inTraceOf, startTracing, withSpan, type StopTracing } from './tracing.js';

describe('a line of the log', () => {
  let lines: Record<string, unknown>[];
  let stopTracing: StopTracing;
  const log = () => createLogger('billing', 'debug', { write: (line) => void lines.push(JSON.parse(line)) });

  beforeAll(async () => {
    stopTracing = await startTracing('billing', undefined);
  });
  afterAll(() => stopTracing());
  beforeEach(() => {
    lines = [];
  });

  it('says when, how important, which service, and what', () => {
    log().warn({ count: 1 }, 'something');
    expect(lines).toEqual([
      {
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        level: 'warn',
        service: 'billing',
        count: 1,
        msg: 'something',
      },
    ]);
  });

  it('belongs to a trace, also where that began elsewhere', async () => {
    const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await inTraceOf(parent, () =>
      withSpan('work', {}, async () => {
        log().info({}, 'in it');
        expect(currentTraceParent()).toContain('0af7651916cd43dd8448eb211c80319c');
      }),
    );
    expect(lines[0]).toMatchObject({
      trace_id: '0af7651916cd43dd8448eb211c80319c',
      span_id: expect.any(String),
    });
    expect(lines[0]?.span_id).not.toBe('b7ad6b7169203331');
  });

  it('says whose work it was, for as long as it was theirs', async () => {
    await withLogFields({ request_id: 'r1' }, async () => {
      addLogFields({ organization: 'org_1' });
      await withLogFields({ runner: 'run_1' }, async () => log().info({}, 'inner'));
      log().info({}, 'outer');
    });
    addLogFields({ organization: 'org_2' });
    log().info({}, 'outside');
    expect(lines).toMatchObject([
      { request_id: 'r1', organization: 'org_1', runner: 'run_1' },
      { request_id: 'r1', organization: 'org_1' },
      {},
    ]);
    expect(lines[1]).not.toHaveProperty('runner');
    expect(lines[2]).not.toHaveProperty('organization');
  });

  it('holds no credential under any name that one goes by', () => {
    const secrets = {
      authorization: 'secret',
      cookie: 'secret',
      token: 'secret',
      apiToken: 'secret',
      'set-cookie': 'secret',
      'x-machine-signature': 'secret',
      ticket: 'secret',
    };
    log().info({ ...secrets, headers: secrets, request: { headers: secrets } }, 'asked');
    expect(JSON.stringify(lines)).not.toContain('"secret"');
  });

  it('holds of an error what happened and where, and nothing that hangs on it', () => {
    const error = Object.assign(new Error('broken', { cause: new Error('deep') }), {
      headers: { a: 'private' },
    });
    log().error({ error }, 'failed');
    expect(lines[0]?.error).toEqual({
      name: 'Error',
      message: 'broken',
      stack: expect.stringContaining('logger.unit.spec'),
      cause: 'Error: deep',
    });
    expect(JSON.stringify(lines)).not.toContain('private');
  });
});
