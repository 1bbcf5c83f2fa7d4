import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Clock, Log } from '@cleanroom/kernel';
import { Patience } from '../patience.js';
import { Voice } from '../voice.js';
import type { AgentDisk } from './agent-disk.js';
import { runSingle } from './run-single.js';
import { RUNNER_SOCKET } from './stand-ins.js';

export interface RunnerSurroundings {
  readonly disk: AgentDisk;
  readonly address: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Aborted when the power is cut. */
  readonly power: AbortSignal;
}

/**
 * What gitlab-runner does, done here, for the program of that name in the sandbox: it is sent the configuration, and
 * answers with the lines of the log. The program's end, whoever ends it, ends the run.
 */
export async function startRunnerStandIn(given: RunnerSurroundings): Promise<Server> {
  const server = createServer((request, response) => void serve(given, request, response));
  await new Promise<void>((resolve) => server.listen(join(given.disk.root, RUNNER_SOCKET), resolve));
  return server;
}

async function serve(given: RunnerSurroundings, request: IncomingMessage, response: ServerResponse) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const ended = new AbortController();
  response.once('close', () => ended.abort());
  const { address, clock, log, power, disk } = given;
  const signal = AbortSignal.any([power, ended.signal]);
  const [voice, last] = [new Voice(address, signal), new Voice(address, power)];
  const patience = new Patience(clock, signal, log);
  const config = Buffer.concat(chunks).toString('utf8');
  const maxBuilds = Number(request.url?.slice(1));
  const say = (line: object): void => void response.write(`${JSON.stringify(line)}\n`);
  try {
    await runSingle({
      ...{ config, maxBuilds, say, disk, address, clock, log, patience, voice, last },
      power,
    });
  } catch (error) {
    if (!signal.aborted) say({ level: 'fatal', msg: error instanceof Error ? error.message : 'unknown' });
  } finally {
    voice.close();
    last.close();
    response.end();
  }
}
