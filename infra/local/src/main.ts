import { rmSync } from 'node:fs';
import { readFlags, type Flags } from '../bin/flags.mjs';
import { readLocalConfig } from './config.js';
import { setUpDemo, type Demo } from './demo.js';
import { playJobs, stopJobs } from './play-jobs.js';
import { showTransitions } from './show-transitions.js';
import { StopWithMessage } from './stop-with-message.js';
import { startSystem, type System } from './system.js';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function run(): Promise<void> {
  const args = process.argv.slice(2);
  const flags = readFlags(args);
  const config = readLocalConfig();
  const interrupted = signalled();
  const started = performance.now();
  print(`\n  Cleanroom · virtual clock ×${flags.speed} · state in ${config.stateFolder}\n`);
  const onStep = (title: string, ms: number) => print(`  ${title.padEnd(36)} ${(ms / 1000).toFixed(1)} s`);
  const givenUp = interrupted.then((why) =>
    Promise.reject(new StopWithMessage(`Given up (${why}); nothing is left running.`)),
  );
  givenUp.catch(() => undefined);
  const system = await startSystem({ config, ...flags, onExit: 'stop', flags: args, onStep, givenUp });
  rmSync(system.folder.file('demo.json'), { force: true });
  const ending = Promise.race([interrupted, system.broken]).then((why) => Promise.reject(new Ended(why)));
  try {
    await Promise.race([live(system, flags, started), ending]);
    await ending;
  } catch (error) {
    await stop(system, error);
  }
}

/** Why the installation stops: a signal's name, or what broke. */
class Ended extends Error {}

async function live(system: System, flags: Flags, started: number): Promise<void> {
  const seeding = performance.now();
  const { demo, poolMade } = await setUpDemo(system);
  const seeded = poolMade ? 'Demo organisation and pool' : 'Demo organisation, as it was left';
  print(`  ${seeded.padEnd(36)} ${((performance.now() - seeding) / 1000).toFixed(1)} s`);
  await stopJobs(demo.gitlabUrl);
  showTransitions(demo.subscriptionsUrl, demo.apiToken, print);
  print(
    `\n  Ready after ${((performance.now() - started) / 1000).toFixed(1)} s\n\n${addresses(demo, system)}\n`,
  );
  if (flags.jobs) await playJobs(demo.gitlabUrl);
}

const addresses = (demo: Demo, { folder }: System): string =>
  [
    `  Console        ${demo.graphqlUrl.replace('/graphql', '/console')}`,
    `                 sign in with \`apiToken\` of ${folder.file('demo.json')}`,
    `  GraphQL        ${demo.graphqlUrl}`,
    `  Subscriptions  ${demo.subscriptionsUrl}`,
    `  OIDC issuer    ${demo.oidcIssuer}`,
    `  Hetzner        ${demo.hetznerUrl} (simulated)`,
    `  GitLab         ${demo.gitlabUrl} (simulated)`,
    `  Tokens         ${folder.file('demo.json')}`,
    `  Logs           ${folder.file('logs')}`,
  ].join('\n');

const signalled = (): Promise<string> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(signal));
    // The program in front of this one is gone, even by SIGKILL.
    process.on('disconnect', () => resolve('SIGHUP'));
  });

async function stop(system: System, error: unknown): Promise<never> {
  const why = error instanceof Error ? error.message : String(error);
  const asked = error instanceof Ended && /^SIG(INT|TERM|HUP)$/.test(why);
  print(asked ? '\n  Stopping …' : `\n  Stopping, because ${why}\n  Logs: ${system.folder.file('logs')}`);
  await system.stop();
  print('  Stopped. Nothing is left running; the state is kept.');
  process.exit(asked ? 0 : 1);
}

await run().catch((error: unknown) => {
  const message =
    error instanceof StopWithMessage ? error.message : error instanceof Error ? error.message : String(error);
  process.stderr.write(`\n  ${message}\n\n`);
  process.exit(1);
});
