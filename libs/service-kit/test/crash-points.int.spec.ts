import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { eventually } from '@cleanroom/testing';
import { crashMoments, outsideCalls, struckAt, withCrashPoints } from '../src/crash-points.js';

const child = fileURLToPath(new URL('./crashing-child.mjs', import.meta.url));

describe('a process with a crash point', () => {
  let server: Server;
  let received: string[];
  /** What the child said of its death. */
  let struck: Promise<string[]>;

  beforeEach(async () => {
    received = [];
    server = createServer(async (request, response) => {
      const { length } = Buffer.concat(await request.toArray());
      received.push(`${request.method} ${request.url} ${length}`);
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });

  const run = async (crashAt: string): Promise<string | number> => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const started = spawn(process.execPath, ['--no-warnings', child, url, crashAt], {
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    struck = started.stderr.toArray().then((parts) => struckAt(Buffer.concat(parts).toString()));
    const [code, signal] = (await once(started, 'exit')) as [number | null, string | null];
    received = received.filter((call) => !call.includes('/neighbour'));
    return signal ?? code ?? 0;
  };
  const all = (name: string) => ['GET /list 0', `POST /create/${name} 13`, `POST /tag/${name} 2`];

  it.each([
    ['cloud.list:before', []],
    ['cloud.list:sent', ['GET /list 0']],
    ['cloud.list:answered', ['GET /list 0']],
    ['cloud.create:before', ['GET /list 0']],
    ['cloud.create:sent', ['GET /list 0', 'POST /create/first 13']],
    ['cloud.create:answered', all('first')],
    ['cloud.create:before:2', [...all('first'), 'GET /list 0']],
    ['cloud.create:sent:2', [...all('first'), 'GET /list 0', 'POST /create/second 13']],
    ['cloud.create:answered:2', [...all('first'), ...all('second')]],
    ['cloud.remove:sent', [...all('first'), ...all('second'), 'DELETE /remove 0']],
  ])('dies at %s, and the outside has seen exactly what left until then', async (crashAt, seen) => {
    expect(await run(crashAt)).toBe('SIGKILL');
    expect(await struck).toEqual([crashAt]);
    await eventually(() => expect(received.filter((call) => !call.includes('/neighbour'))).toEqual(seen));
  });

  it('dies at the first that it reaches of several, and names it', async () => {
    expect(await run('cloud.remove:before,other.list:before,cloud.create:sent,cloud.create:before:2')).toBe(
      'SIGKILL',
    );
    expect(await struck).toEqual(['cloud.create:sent']);
  });

  it.each(['', 'cloud.create:before:3', 'other.create:before', 'cloud.other:before'])(
    'lives when the point is "%s", which is never reached',
    async (crashAt) => {
      expect(await run(crashAt)).toBe(0);
      expect(received.at(-1)).toBe('POST /done 2');
    },
  );
});

describe('crash points', () => {
  it('leave an adapter untouched where none is asked for', () => {
    const adapter = { call: () => 1 };
    expect(withCrashPoints('a', adapter, undefined)).toBe(adapter);
    expect(withCrashPoints('a', adapter, '')).toBe(adapter);
    expect(withCrashPoints('a', adapter, 'b.call:before')).toBe(adapter);
  });

  it('are refused in another form, rather than never reached', () => {
    for (const text of ['a', 'a.b:sent,a', 'a.b', 'a.b:later', 'a.b:sent:x'])
      expect(() => withCrashPoints('a', {}, text)).toThrow(RangeError);
  });

  it('lie at each method of an adapter, inherited ones too', () => {
    class Base {
      list() {}
    }
    class Cloud extends Base {
      readonly name = 'x';
      create = () => undefined;
      remove() {}
    }
    expect(outsideCalls('cloud', new Cloud())).toEqual(['cloud.create', 'cloud.list', 'cloud.remove']);
    expect(crashMoments).toEqual(['before', 'sent', 'answered']);
  });
});
