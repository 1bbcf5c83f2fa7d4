import { eventually } from './eventually.js';
import { freePort } from './free-port.js';
import { superviseProcess, type SupervisedProcess } from './supervise-process.js';
import { waitForPort } from './wait-for-port.js';

describe('a supervised process', () => {
  let child: SupervisedProcess;
  const supervise = (script: string, restart = true) => {
    child = superviseProcess({
      command: process.execPath,
      args: ['-e', script],
      env: { WORD: 'hello' },
      restart,
    });
    return child;
  };
  afterEach(() => child.stop());

  it('is started again when it is killed, and its kills are counted', async () => {
    supervise('setInterval(() => {}, 1000); console.log(process.env.WORD)');
    for (const kills of [1, 2]) {
      await eventually(() => child.output.split('hello').length > kills);
      const { pid } = child;
      child.signal('SIGKILL');
      await eventually(() => child.kills === kills && child.pid !== undefined && child.pid !== pid);
    }
  });

  it('stays stopped once it was stopped', async () => {
    supervise(
      `process.on('SIGTERM', () => process.exit(3)); setInterval(() => {}, 1000); console.log('ready')`,
    );
    await eventually(() => child.output.includes('ready'));
    expect(await child.stop()).toEqual({ code: 3, signal: null });
    expect(child.pid).toBeUndefined();
    expect(child.exits).toHaveLength(1);
  });

  it('is left alone after its end where that is wished', async () => {
    supervise('process.exit(0)', false);
    await eventually(() => child.exits.length === 1);
    expect(child.pid).toBeUndefined();
  });

  it('can be waited for by its port', async () => {
    const port = await freePort();
    supervise(`setTimeout(() => require('node:http').createServer().listen(${port}, '127.0.0.1'), 50)`);
    await waitForPort(port);
    const gone = await freePort();
    await expect(waitForPort(gone, { within: 50 })).rejects.toThrow('within 50 ms');
  });
});
