import { spawn } from 'node:child_process';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { workspaceRoot } from '../src/config.js';
import { eventually } from './eventually.js';
import type { TestInstallation } from './installation.js';

const PROGRAM = join(workspaceRoot, 'infra/api/examples/src/main.ts');

interface Said {
  runner?: { name: string; staticIp: { address: string }; costToDate: { currency: string } };
  change?: { cursor: string; to: string };
}

/** That the example for partners does what its README says, against the installation that it is tried on. */
export const exampleClient = (running: () => TestInstallation) => () => {
  let installation: TestInstallation;
  const stops: (() => void)[] = [];

  beforeAll(() => {
    installation = running();
  });
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
  });

  /** Starts the program as its README says. */
  const start = (port: number, after: string[] = []) => {
    const program = spawn(process.execPath, [PROGRAM, ...after], {
      env: {
        CLEANROOM_URL: `http://127.0.0.1:${port}/graphql`,
        CLEANROOM_TOKEN: installation.demo.viewerToken,
      },
    });
    const said: Said[] = [];
    createInterface(program.stdout).on('line', (line) => said.push(JSON.parse(line) as Said));
    stops.push(() => program.kill('SIGKILL'));
    return { said, cursors: () => said.flatMap(({ change }) => change?.cursor ?? []) };
  };
  /** A line to the gateway that can be cut, and hears what goes over it. */
  const openLine = async () => {
    const sockets = new Set<Socket>();
    const heard: string[] = [];
    const line: Server = createServer((near) => {
      const far = connect(installation.system.ports.gateway, '127.0.0.1');
      for (const socket of [near, far]) sockets.add(socket.on('error', () => socket.destroy()));
      near.on('data', (part) => heard.push(part.toString('latin1')));
      near.on('close', () => far.destroy()).pipe(far);
      far.on('close', () => near.destroy()).pipe(near);
    });
    await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
    const cut = () => sockets.forEach((socket) => socket.destroy());
    stops.push(() => void line.close(), cut);
    return { port: (line.address() as AddressInfo).port, cut, heard: () => heard.join('') };
  };
  /** A job brings several changes of one runner, over some seconds. */
  const oneMoreThan = async (cursors: () => string[], seen: number) => {
    await installation.gitlab.queueJobs({ seconds: 5 });
    await eventually(() => cursors().length > seen, { within: 90_000 });
  };

  it('reads the fleet and follows it by hashes, without gap or double when the line is cut', async () => {
    const line = await openLine();
    const partner = start(line.port);
    await eventually(() => partner.said.length >= 4);
    expect(partner.said[0]?.runner).toMatchObject({
      staticIp: { address: expect.stringMatching(/^127\./) },
      costToDate: { currency: 'EUR' },
    });
    await oneMoreThan(partner.cursors, 0);
    const [first = ''] = partner.cursors();
    line.cut();
    const seen = partner.cursors().length;
    await oneMoreThan(partner.cursors, seen);
    expect(line.heard()).toContain('"sha256Hash":"sha256:');
    expect(line.heard()).not.toContain('query Fleet');

    const again = start(installation.system.ports.gateway, [first]);
    await eventually(() => again.cursors().length >= seen);
    const told = again.cursors().slice(0, seen);
    expect(partner.cursors().slice(1, seen + 1)).toEqual(told);
    expect(new Set(told).size).toBe(told.length);
  }, 300_000);
};
